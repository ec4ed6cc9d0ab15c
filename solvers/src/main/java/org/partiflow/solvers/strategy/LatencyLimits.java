package org.partiflow.solvers.strategy;

import java.util.Optional;
import org.partiflow.api.Objective;
import org.partiflow.api.workload.SloTarget;

/**
 * Latency that a strategy must keep.
 *
 * @param prefillSeconds most seconds for a prefill pass
 * @param tokenSeconds most seconds for a decode or colocated iteration
 */
public record LatencyLimits(double prefillSeconds, double tokenSeconds) {
    /** No limits. */
    public static final LatencyLimits NONE = new LatencyLimits(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

    /** What an iteration may take of the target per output token: the rest is for waiting. */
    private static final double ITERATION_SHARE = 0.97;

    /** Latencies that every group must keep under an objective. */
    public static LatencyLimits of(Objective objective, Optional<SloTarget> slo) {
        return objective == Objective.GOODPUT && slo.isPresent()
                ? new LatencyLimits(
                        slo.get().timeToFirstTokenSeconds(),
                        ITERATION_SHARE * slo.get().timePerOutputTokenSeconds())
                : NONE;
    }
}
