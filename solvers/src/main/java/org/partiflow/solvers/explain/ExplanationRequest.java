package org.partiflow.solvers.explain;

import java.util.List;
import org.partiflow.api.PlanningRequest;
import org.partiflow.api.plan.ServingPlan;

/**
 * What is to be explained.
 *
 * @param planning the call that the plan answers; its time limit and cancellation hold for the explanation
 * @param plan a valid plan for the problem
 * @param evaluations most evaluations for each question about hardware, at least 1; each alternative may spend {@value
 *     #ALTERNATIVE_EFFORT} times as many, since it starts from nothing
 * @param planners names of the planners whose plans are shown as alternatives
 */
public record ExplanationRequest(PlanningRequest planning, ServingPlan plan, long evaluations, List<String> planners) {
    /** Evaluations for each question unless said otherwise. */
    public static final long DEFAULT_EVALUATIONS = 1_000;

    /** Effort of an alternative, in that of a question. */
    public static final long ALTERNATIVE_EFFORT = 4;

    /** The baselines that are shown unless said otherwise. */
    public static final List<String> DEFAULT_PLANNERS =
            List.of("hexgen2", "colocated", "distserve", "vllm-uniform", "hexgen-ga");

    /** Copies the list; rejects less than one evaluation. */
    public ExplanationRequest {
        planners = List.copyOf(planners);
        if (evaluations < 1) {
            throw new IllegalArgumentException("an explanation needs at least one evaluation, got " + evaluations);
        }
    }

    /** With the default effort and alternatives. */
    public static ExplanationRequest of(PlanningRequest planning, ServingPlan plan) {
        return new ExplanationRequest(planning, plan, DEFAULT_EVALUATIONS, DEFAULT_PLANNERS);
    }
}
