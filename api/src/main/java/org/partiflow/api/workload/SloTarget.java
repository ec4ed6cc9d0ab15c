package org.partiflow.api.workload;

/**
 * Service-level objective.
 *
 * @param timeToFirstTokenSeconds target for time to first token, queueing included
 * @param timePerOutputTokenSeconds target for the mean time per output token after the first
 * @param attainment share of requests that must meet both, in (0, 1]
 */
public record SloTarget(double timeToFirstTokenSeconds, double timePerOutputTokenSeconds, double attainment) {
    /** Rejects targets that are not positive. */
    public SloTarget {
        if (!(timeToFirstTokenSeconds > 0) || !(timePerOutputTokenSeconds > 0)) {
            throw new IllegalArgumentException("latency targets must be above zero");
        }
        if (!(attainment > 0 && attainment <= 1)) {
            throw new IllegalArgumentException("attainment must be in (0, 1], got " + attainment);
        }
    }
}
