package org.partiflow.studies.study;

import java.util.List;
import java.util.Optional;

/**
 * A study: cells on grids, what is measured in each, and the questions that the results answer. Immutable and thread-safe;
 * holds no cells, so its memory does not depend on their number.
 *
 * @param name short name
 * @param title for people
 * @param summary what is studied and under which assumptions
 * @param kind what a cell computes
 * @param grids at least one, with distinct names
 * @param settings what all cells share
 * @param metrics what each cell reports
 * @param questions what the results answer
 * @param example the problem whose curves and plans the report draws; empty: the first
 * @param problems clusters, models and workloads
 * @param sha256 digest of the study and everything that it names
 */
public record Study(
        String name,
        String title,
        String summary,
        Kind kind,
        List<Grid> grids,
        StudySettings settings,
        List<Metric> metrics,
        List<Question> questions,
        Optional<Example> example,
        Problems problems,
        String sha256) {
    /** What a cell computes. */
    public enum Kind {
        /** Plans and simulates. */
        PLANNING,
        /** A cheap made-up figure, for trying studies of many cells. */
        SYNTHETIC
    }

    /** A problem by its names. */
    public record Example(String cluster, String model, String workload) {
        /** Whether a cell is of this problem. */
        public boolean matches(Cell cell) {
            return cell.get(Axis.CLUSTER).equals(cluster)
                    && cell.get(Axis.MODEL).equals(model)
                    && cell.get(Axis.WORKLOAD).equals(workload);
        }
    }

    /** Copies the lists. */
    public Study {
        grids = List.copyOf(grids);
        metrics = List.copyOf(metrics);
        questions = List.copyOf(questions);
    }

    /** Number of cells. */
    public long size() {
        return grids.stream().mapToLong(Grid::size).sum();
    }

    /**
     * A cell; O(grids).
     *
     * @throws IndexOutOfBoundsException if there is none of this index
     */
    public Cell cell(long index) {
        long rest = index;
        for (Grid grid : grids) {
            if (rest >= 0 && rest < grid.size()) {
                return grid.cell(rest, index);
            }
            rest -= grid.size();
        }
        throw new IndexOutOfBoundsException("the study has " + size() + " cells, none of index " + index);
    }

    /** The grid of this name. */
    public Grid grid(String gridName) {
        return grids.stream()
                .filter(grid -> grid.name().equals(gridName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the study has no grid '" + gridName + "'"));
    }

    /** The problem whose curves and plans the report draws. */
    public Example drawn() {
        return example.orElseGet(() -> new Example(
                grids.get(0).of(Axis.CLUSTER).get(0),
                grids.get(0).of(Axis.MODEL).get(0),
                grids.get(0).of(Axis.WORKLOAD).get(0)));
    }

    /** Whether a metric is reported. */
    public boolean reports(String metric) {
        return metrics.stream().anyMatch(m -> m.name().equals(metric));
    }
}
