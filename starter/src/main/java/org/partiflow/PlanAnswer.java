package org.partiflow;

import java.util.Optional;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.result.PlanningResult;
import org.partiflow.studies.words.PlanSummary;

/**
 * A problem and what the planner made of it. Its text is fit for a person; programs use {@link #result()}.
 *
 * @param problem what was planned
 * @param result the plan, or why there is none
 */
public record PlanAnswer(PlanningProblem problem, PlanningResult result) {
    /** The plan, if there is one. */
    public Optional<ServingPlan> findPlan() {
        return result instanceof PlanningResult.Planned planned ? Optional.of(planned.plan()) : Optional.empty();
    }

    @Override
    public String toString() {
        if (result instanceof PlanningResult.Infeasible infeasible) {
            return "no plan: " + infeasible.reason();
        }
        return PlanSummary.of(problem, findPlan().orElseThrow());
    }
}
