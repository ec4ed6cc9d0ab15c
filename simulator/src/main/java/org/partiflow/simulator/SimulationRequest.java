package org.partiflow.simulator;

import org.partiflow.api.PlanningProblem;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.cost.CostModel;
import org.partiflow.api.plan.ServingPlan;

/**
 * What to replay. Immutable.
 *
 * @param problem cluster, model, workload and serving options
 * @param costModel times of stages and hops
 * @param plan the plan to replay; its groups name GPUs of the cluster
 * @param options load, extent, seed and what to measure
 * @param control limits (one evaluation is one event), cancellation and progress
 */
public record SimulationRequest(
        PlanningProblem problem,
        CostModel costModel,
        ServingPlan plan,
        SimulationOptions options,
        SolveControl control) {
    /** A request without limits. */
    public static SimulationRequest of(
            PlanningProblem problem, CostModel costModel, ServingPlan plan, SimulationOptions options) {
        return new SimulationRequest(problem, costModel, plan, options, SolveControl.unlimited());
    }

    /** The same with other options. */
    public SimulationRequest withOptions(SimulationOptions newOptions) {
        return new SimulationRequest(problem, costModel, plan, newOptions, control);
    }
}
