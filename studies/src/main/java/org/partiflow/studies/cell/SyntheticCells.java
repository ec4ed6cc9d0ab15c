package org.partiflow.studies.cell;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.partiflow.api.control.CancellationToken;
import org.partiflow.studies.study.Cell;
import org.partiflow.studies.study.Metric;
import org.partiflow.studies.study.Study;

/**
 * Made-up figures for trying the machinery: the same cells give the same figures, the planner called {@code broken} fails,
 * and every other planner's figures grow by a tenth with its position in the study. Stateless and thread-safe.
 */
final class SyntheticCells implements CellFunction {
    private static final double STEP = 0.1;
    private static final double NOISE = 0.05;

    private final Study study;

    SyntheticCells(Study study) {
        this.study = study;
    }

    @Override
    public CellResult evaluate(Cell cell, CancellationToken cancellation) {
        String planner = cell.get(org.partiflow.studies.study.Axis.PLANNER);
        if (planner.equals("broken")) {
            return CellResult.without(cell.index(), CellResult.Status.FAILED, "the planner 'broken' always fails");
        }
        int position = study.grid(cell.grid())
                .of(org.partiflow.studies.study.Axis.PLANNER)
                .indexOf(planner);
        SplittableRandom random = new SplittableRandom(cell.values().hashCode());
        Map<String, Double> values = new LinkedHashMap<>();
        for (Metric metric : study.metrics()) {
            double noise = 1 + NOISE * (random.nextDouble() - 0.5);
            double value = (1 + STEP * position) * noise;
            values.put(metric.name(), metric.isShare() ? value / 10 : value);
        }
        return CellResult.done(cell.index(), values);
    }
}
