package org.partiflow.api.plan;

import org.partiflow.api.PlanningProblem;
import org.partiflow.api.TargetEngine;
import org.partiflow.api.model.Precision;

/**
 * How the engines of a plan are run, as the plan was made for it. The KV protocol is named by the routes. A plain carrier.
 *
 * @param weights number format of the weights
 * @param kv number format of the KV cache
 * @param memoryUtilization share of a GPU's memory that weights, activations and KV cache may fill
 * @param maxBatchedTokens most tokens in one forward pass
 * @param maxSequences most sequences that one decode micro-batch may hold
 * @param engine the engine that the plan is deployable with; ANY where it was made without regard to one
 */
public record PlannedServing(
        Precision weights,
        Precision kv,
        double memoryUtilization,
        int maxBatchedTokens,
        int maxSequences,
        TargetEngine engine) {
    /** For any engine. */
    public PlannedServing(
            Precision weights, Precision kv, double memoryUtilization, int maxBatchedTokens, int maxSequences) {
        this(weights, kv, memoryUtilization, maxBatchedTokens, maxSequences, TargetEngine.ANY);
    }

    /** What a problem says. */
    public static PlannedServing of(PlanningProblem problem) {
        return new PlannedServing(
                problem.model().weights(),
                problem.model().kv(),
                problem.serving().memoryUtilization(),
                problem.serving().maxBatchedTokens(),
                problem.serving().maxSequences(),
                problem.serving().engine());
    }
}
