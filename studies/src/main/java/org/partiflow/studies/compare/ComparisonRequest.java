package org.partiflow.studies.compare;

import java.util.OptionalDouble;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.cost.CostModel;
import org.partiflow.api.plan.ServingPlan;

/**
 * What to compare. Immutable.
 *
 * @param first one plan
 * @param second the other one
 * @param requestsPerSecond load that is offered to both; empty for {@link PlanComparer#LOAD} times the smaller predicted
 *     throughput
 * @param requests how many requests arrive, at least 1
 * @param seed of arrivals and lengths, the same for both
 * @param control cancellation and progress of the simulations
 */
public record ComparisonRequest(
        Side first, Side second, OptionalDouble requestsPerSecond, int requests, long seed, SolveControl control) {
    /**
     * A plan with what it serves.
     *
     * @param name shown in tables
     * @param problem cluster, model and workload
     * @param costModel times of stages and hops
     * @param plan the plan
     */
    public record Side(String name, PlanningProblem problem, CostModel costModel, ServingPlan plan) {}
}
