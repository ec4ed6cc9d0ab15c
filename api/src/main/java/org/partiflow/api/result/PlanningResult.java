package org.partiflow.api.result;

import org.partiflow.api.plan.ServingPlan;

/** Outcome of planning. */
public sealed interface PlanningResult {
    /** A plan was found. */
    record Planned(ServingPlan plan) implements PlanningResult {}

    /**
     * No plan exists (or none within the limits, which the reason then says).
     *
     * @param reason the tightest constraint, in words
     * @param shortfallBytes memory that is missing; 0 if memory is not the reason
     */
    record Infeasible(String reason, long shortfallBytes) implements PlanningResult {}
}
