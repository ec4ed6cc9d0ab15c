package org.partiflow.api.spi;

import java.util.Optional;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.control.CancellationToken;
import org.partiflow.api.cost.CostModel;
import org.partiflow.api.plan.ServingPlan;

/**
 * Replays a plan for a short while, so that a planner can tell apart plans whose flows are nearly equal. Implementations
 * hold no per-call state and are thread-safe.
 */
public interface PlanReplay extends Strategy {
    /**
     * Replays a plan; same request, same outcome. Empty if the plan is too large to be judged by a short replay, or if
     * the replay was cancelled.
     */
    Optional<Outcome> findOutcome(Request request);

    /**
     * What to replay.
     *
     * @param problem cluster, model, workload and serving options
     * @param costModel times of stages and hops
     * @param plan the plan
     * @param seed of arrivals and lengths
     * @param cancellation asks for a stop
     */
    record Request(
            PlanningProblem problem,
            CostModel costModel,
            ServingPlan plan,
            long seed,
            CancellationToken cancellation) {}

    /**
     * What a replay showed.
     *
     * @param requestsPerSecond throughput under more load than the plan can serve
     * @param p90EndToEndSeconds 90th percentile of the end-to-end times at 80 % of the plan's throughput
     * @param noise differences that mean nothing
     */
    record Outcome(double requestsPerSecond, double p90EndToEndSeconds, Noise noise) {}

    /**
     * What the outcome of another seed may differ by.
     *
     * @param throughput relative difference of throughputs
     * @param latency relative difference of percentiles
     */
    record Noise(double throughput, double latency) {}
}
