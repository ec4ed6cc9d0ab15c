package org.partiflow.simulator;

import org.partiflow.api.PlanningProblem;
import org.partiflow.api.cost.CostModel;
import org.partiflow.api.cost.GroupEvaluator;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.plan.ServingGroup;

/**
 * How far a decode or colocated group fills its batches. The plan's batch is the mean of a saturated group. Where KV memory
 * sets it, memory alone limits (the batch then varies around its mean with the lengths); elsewhere the batch is a limit,
 * and a colocated group has the prompts that are being processed beside it.
 */
final class BatchLimits {
    private final GroupEvaluator evaluator;
    private final int maxSequences;

    BatchLimits(PlanningProblem problem, CostModel costModel) {
        evaluator = new GroupEvaluator(problem, costModel);
        maxSequences = problem.serving().maxSequences();
    }

    /** Most sequences in all micro-batches together, at least 1. */
    int sequences(ServingGroup group) {
        int depth = group.stages().size();
        long engine = (long) maxSequences * depth;
        int larger = group.batch() + Math.max(1, group.batch() / 50);
        boolean full = evaluator.kvNeededTokens(group.phase(), depth, larger) > group.kvCapacityTokens();
        long most = full && group.batch() > depth ? engine : group.batch() + prompts(group, depth);
        return (int) Math.max(1, Math.min(engine, most));
    }

    /** Tokens of a mean iteration. */
    double tokens(ServingGroup group) {
        return evaluator
                .load(group.phase(), group.stages().size(), group.batch())
                .tokens();
    }

    private long prompts(ServingGroup group, int depth) {
        if (group.phase() != Phase.COLOCATED || group.batch() <= depth) {
            return 0;
        }
        double perIteration = evaluator.load(Phase.COLOCATED, depth, group.batch()).prompts();
        return (long) Math.ceil(depth * Math.max(1, perIteration));
    }
}
