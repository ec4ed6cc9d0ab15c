package org.partiflow.api;

import org.partiflow.api.control.SolveControl;
import org.partiflow.api.cost.CostModel;

/**
 * A call of a planner.
 *
 * @param problem what is to be planned
 * @param costModel predicts times for the problem
 * @param options strategies, objective and seed
 * @param control limits and progress
 */
public record PlanningRequest(
        PlanningProblem problem, CostModel costModel, PlanningOptions options, SolveControl control) {}
