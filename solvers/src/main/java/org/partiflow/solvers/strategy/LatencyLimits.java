package org.partiflow.solvers.strategy;

/**
 * Latency that a strategy must keep.
 *
 * @param prefillSeconds most seconds for a prefill pass
 * @param tokenSeconds most seconds for a decode or colocated iteration
 */
public record LatencyLimits(double prefillSeconds, double tokenSeconds) {
    /** No limits. */
    public static final LatencyLimits NONE = new LatencyLimits(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
}
