package org.partiflow.solvers.placement;

import java.util.Locale;
import org.partiflow.api.spi.PlanReplay.Outcome;

/**
 * What flow and replay say about a plan. The flow's order stands unless the replay clearly says otherwise, which is: by more
 * than another seed could change.
 *
 * @param flow requests per second that the plan predicts
 * @param outcome what its replay showed
 */
record ReplayVerdict(double flow, Outcome outcome) {
    /** Latency decides only between flows that differ by less. */
    private static final double SAME_FLOW = 1e-3;

    /**
     * Whether the replay speaks clearly for this one, against one of higher score.
     *
     * @param bestFlow the highest flow of all
     */
    boolean isClearlyBetterThan(ReplayVerdict other, double bestFlow) {
        return servesMoreThan(other)
                || (flow >= bestFlow * (1 - SAME_FLOW) && !other.servesMoreThan(this) && isFasterThan(other));
    }

    /** The reason for this one, with the names of both. */
    String against(ReplayVerdict other, String name, String otherName) {
        String what = servesMoreThan(other)
                ? String.format(
                        Locale.ROOT,
                        "serves %.4g requests/s in replay, '%s' %.4g",
                        outcome.requestsPerSecond(),
                        otherName,
                        other.outcome.requestsPerSecond())
                : String.format(
                        Locale.ROOT,
                        "has a 90th percentile of end-to-end times of %.4g s in replay at 80 %% load, '%s' %.4g s",
                        outcome.p90EndToEndSeconds(),
                        otherName,
                        other.outcome.p90EndToEndSeconds());
        return String.format(
                Locale.ROOT,
                "'%s' %s; its flow is %.2g %% lower",
                name,
                what,
                100 * Math.max(0, 1 - flow / other.flow));
    }

    private boolean servesMoreThan(ReplayVerdict other) {
        double noise = outcome.noise().throughput();
        return outcome.requestsPerSecond() > other.outcome.requestsPerSecond() * (1 + noise);
    }

    private boolean isFasterThan(ReplayVerdict other) {
        double noise = outcome.noise().latency();
        return outcome.p90EndToEndSeconds() < other.outcome.p90EndToEndSeconds() * (1 - noise);
    }
}
