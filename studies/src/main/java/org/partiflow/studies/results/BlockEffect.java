package org.partiflow.studies.results;

import java.util.List;

/**
 * An effect on one problem. Immutable.
 *
 * @param block cluster, model and workload
 * @param estimate over the seeds
 * @param value mean of the metric
 * @param baseline mean of the baseline's metric
 * @param cells the cells compared, the first few
 * @param baselineCells their baselines
 */
public record BlockEffect(
        List<String> block,
        Estimate estimate,
        double value,
        double baseline,
        List<Long> cells,
        List<Long> baselineCells) {
    /** Copies the lists. */
    public BlockEffect {
        block = List.copyOf(block);
        cells = List.copyOf(cells);
        baselineCells = List.copyOf(baselineCells);
    }
}
