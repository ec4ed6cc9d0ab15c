package org.partiflow.studies.report;

import java.util.Optional;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.plan.ServingPlan;

/**
 * What a report shows.
 *
 * @param problem what was planned
 * @param plan the plan
 * @param run its simulation, if there was one
 */
public record PlanReport(PlanningProblem problem, ServingPlan plan, Optional<SimulatedRun> run) {}
