package org.partiflow.studies.results;

import java.util.List;
import java.util.Map;
import org.partiflow.studies.study.Study;

/**
 * What a study found. Immutable; its memory depends on the study's variants and questions, not on its number of cells.
 *
 * @param study the study
 * @param done cells with values
 * @param infeasible cells without a plan
 * @param failed cells that failed
 * @param troubles cells without values by reason, the first few reasons
 * @param answers one per question
 * @param drawn means of every metric and curve for the problem that the report draws, by grid and variant
 * @param points means per problem and variant, the first few, for scatter plots
 */
public record Findings(
        Study study,
        long done,
        long infeasible,
        long failed,
        List<Trouble> troubles,
        List<Answer> answers,
        Map<VariantKey, Means> drawn,
        List<Point> points) {
    /** Cells without values for one reason. */
    public record Trouble(String status, String reason, long cells, long firstCell) {}

    /** A variant of a grid. */
    public record VariantKey(String grid, List<String> variant) {
        /** Copies the list. */
        public VariantKey {
            variant = List.copyOf(variant);
        }
    }

    /** Means of one variant on one problem. */
    public record Point(List<String> block, VariantKey variant, long firstCell, Means means) {
        /** Copies the list. */
        public Point {
            block = List.copyOf(block);
        }
    }
}
