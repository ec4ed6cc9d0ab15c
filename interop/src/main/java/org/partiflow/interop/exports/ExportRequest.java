package org.partiflow.interop.exports;

import org.partiflow.api.PlanningProblem;
import org.partiflow.api.plan.ServingPlan;

/**
 * What is exported.
 *
 * @param plan the plan; assumed to be valid
 * @param problem what it was made for
 * @param settings names and numbers that a plan does not hold
 */
public record ExportRequest(ServingPlan plan, PlanningProblem problem, ExportSettings settings) {}
