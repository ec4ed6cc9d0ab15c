package org.partiflow.solvers.replan;

import java.util.Optional;
import org.partiflow.api.plan.ServingPlan;

/**
 * What one level comes to.
 *
 * @param level the level
 * @param plan its plan; empty if it serves nothing
 * @param value requests per second that count: up to the required rate where the objective is cost
 * @param share value over that of planning anew; NaN if that was not tried or serves nothing
 * @param transition what it takes to get there
 */
public record LevelOutcome(
        Level level, Optional<ServingPlan> plan, double value, double share, Transition transition) {}
