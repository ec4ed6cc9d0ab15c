package org.partiflow.studies.report;

import java.util.Optional;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.explain.Explanation;
import org.partiflow.api.plan.ServingPlan;

/**
 * What a report shows.
 *
 * @param problem what was planned
 * @param plan the plan
 * @param run its simulation, if there was one
 * @param explanation why the plan is as it is, if that was asked for
 */
public record PlanReport(
        PlanningProblem problem, ServingPlan plan, Optional<SimulatedRun> run, Optional<Explanation> explanation) {
    /** A report without an explanation. */
    public PlanReport(PlanningProblem problem, ServingPlan plan, Optional<SimulatedRun> run) {
        this(problem, plan, run, Optional.empty());
    }
}
