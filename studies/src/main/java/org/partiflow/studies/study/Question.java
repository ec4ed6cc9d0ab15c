package org.partiflow.studies.study;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a study wants to know: how a metric changes along one axis against a baseline, all else equal.
 *
 * @param id unique in the study
 * @param ask the question, for people
 * @param grid the grid whose cells are compared
 * @param compare the axis whose values are compared
 * @param where values that compared cells must have, by axis
 * @param baseline what to replace in a compared cell's coordinates to get its baseline
 * @param baselineGrid the grid of the baselines
 * @param metric what is compared
 * @param margin relative (for shares absolute) difference below which there is no difference worth naming
 * @param claim what others claim, if anything
 */
public record Question(
        String id,
        String ask,
        String grid,
        Axis compare,
        Map<Axis, List<String>> where,
        Map<Axis, String> baseline,
        String baselineGrid,
        Metric metric,
        double margin,
        Optional<Claim> claim) {
    /** Copies the maps. */
    public Question {
        where = Map.copyOf(where);
        baseline = Map.copyOf(baseline);
    }

    /**
     * A claim of others about this comparison.
     *
     * @param source who claims it and where
     * @param factor claimed ratio of the compared value's metric to the baseline's, on average over problems
     * @param text the claim in words
     */
    public record Claim(String source, double factor, String text) {}

    /** Whether a cell is one of those compared with their baseline. */
    public boolean compares(Cell cell) {
        return cell.grid().equals(grid) && matches(cell) && !isBaseline(cell);
    }

    /** Whether a cell may serve as a baseline. */
    public boolean isBaseline(Cell cell) {
        return cell.grid().equals(baselineGrid)
                && baseline.entrySet().stream()
                        .allMatch(entry -> cell.get(entry.getKey()).equals(entry.getValue()));
    }

    /** Whether the baseline belongs to another problem or grid than what is compared with it. */
    public boolean crossesBlocks() {
        return !grid.equals(baselineGrid)
                || baseline.keySet().stream().anyMatch(axis -> axis.ofBlock() || axis == Axis.SEED);
    }

    private boolean matches(Cell cell) {
        return where.entrySet().stream().allMatch(entry -> entry.getValue().contains(cell.get(entry.getKey())));
    }
}
