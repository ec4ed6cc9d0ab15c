package org.partiflow.solvers.replan;

import org.partiflow.api.PlanningOptions;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.cost.CostModel;
import org.partiflow.api.plan.ServingPlan;

/**
 * A call of {@link Replanner}. Immutable.
 *
 * @param plan the plan that runs now; it names GPUs of the cluster as it was
 * @param problem the cluster, model and workload as they are now
 * @param costModel predicts times for the problem
 * @param options objective, strategies and seed, also for planning anew
 * @param control cancellation, time limit, threads and progress
 * @param atLeast share of the value of planning anew that is good enough, in (0, 1]
 * @param maxMoves most GPUs that may get another role
 * @param upTo the most disruptive level that is tried; below {@link Level#ANEW} there is nothing to compare with, and
 *     the best level is taken
 * @param loadBytesPerSecond rate at which one GPU loads weights, above zero
 */
public record ReplanRequest(
        ServingPlan plan,
        PlanningProblem problem,
        CostModel costModel,
        PlanningOptions options,
        SolveControl control,
        double atLeast,
        int maxMoves,
        Level upTo,
        double loadBytesPerSecond) {
    /** Share of the value of planning anew that is good enough by default. */
    public static final double AT_LEAST = 0.95;
    /** Rate at which one GPU loads weights by default: a fast local disk. */
    public static final double LOAD_BYTES_PER_SECOND = 2e9;

    /** Rejects values out of range. */
    public ReplanRequest {
        if (!(atLeast > 0 && atLeast <= 1)) {
            throw new IllegalArgumentException("the share that is good enough must be in (0, 1], got " + atLeast);
        }
        if (maxMoves < 0) {
            throw new IllegalArgumentException("the number of moves must not be negative, got " + maxMoves);
        }
        if (!(loadBytesPerSecond > 0) || Double.isInfinite(loadBytesPerSecond)) {
            throw new IllegalArgumentException("the load rate must be above zero, got " + loadBytesPerSecond + " B/s");
        }
    }

    /** A request with the defaults: 95 %, any number of moves, every level, 2 GB/s per GPU. */
    public static ReplanRequest of(
            ServingPlan plan,
            PlanningProblem problem,
            CostModel costModel,
            PlanningOptions options,
            SolveControl control) {
        return new ReplanRequest(
                plan,
                problem,
                costModel,
                options,
                control,
                AT_LEAST,
                Integer.MAX_VALUE,
                Level.ANEW,
                LOAD_BYTES_PER_SECOND);
    }
}
