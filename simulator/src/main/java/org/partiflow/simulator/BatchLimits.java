package org.partiflow.simulator;

import org.partiflow.api.PlanningProblem;
import org.partiflow.api.cost.CostModel;
import org.partiflow.api.cost.GroupEvaluator;
import org.partiflow.api.cost.StageHardware;
import org.partiflow.api.cost.StepLoad;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.plan.ServingGroup;
import org.partiflow.api.plan.Stage;

/**
 * How far a decode or colocated group fills its batches. The plan's batch is the mean of a saturated group. Where KV memory
 * sets it, memory alone limits (the batch then varies around its mean with the lengths); elsewhere the batch is a limit,
 * and a colocated group has the prompts that are being processed beside it.
 */
final class BatchLimits {
    private static final double STEP = 1.1;

    private final PlanningProblem problem;
    private final CostModel costModel;
    private final GroupEvaluator evaluator;
    private final int maxSequences;

    BatchLimits(PlanningProblem problem, CostModel costModel) {
        this.problem = problem;
        this.costModel = costModel;
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

    /**
     * A mean iteration of a colocated group.
     *
     * @param tokens its tokens, and its query-key pairs counted as tokens
     * @param tokensPerPair tokens that take as long as a query-key pair
     */
    record Iteration(double tokens, double tokensPerPair) {}

    /** The mean iteration of a colocated group. */
    Iteration iteration(ServingGroup group) {
        StepLoad load =
                evaluator.load(group.phase(), group.stages().size(), group.batch());
        if (!(load.promptTokens() > 0)) {
            return new Iteration(Double.POSITIVE_INFINITY, 0); // the plan has no mixed iterations
        }
        StepLoad moreTokens = new StepLoad(
                load.promptTokens() * STEP, load.promptPairs(), load.prompts(), load.sequences(), load.contextTokens());
        StepLoad morePairs = new StepLoad(
                load.promptTokens(), load.promptPairs() * STEP, load.prompts(), load.sequences(), load.contextTokens());
        double seconds = firstStageSeconds(group, load);
        double perToken = (firstStageSeconds(group, moreTokens) - seconds) / load.promptTokens();
        double perPair = (firstStageSeconds(group, morePairs) - seconds) / load.promptPairs();
        double ratio = perToken > 0 ? Math.max(0, Math.min(1, perPair / perToken)) : 0;
        return new Iteration(load.tokens() + ratio * load.promptPairs(), ratio);
    }

    private double firstStageSeconds(ServingGroup group, StepLoad load) {
        Stage stage = group.stages().get(0);
        int[] gpus = Pipeline.gpus(group, problem.cluster()).get(0);
        return costModel
                .stage(StageHardware.of(problem.cluster(), gpus))
                .stepSeconds(stage.firstLayer(), stage.layers(), load);
    }

    private long prompts(ServingGroup group, int depth) {
        if (group.phase() != Phase.COLOCATED || group.batch() <= depth) {
            return 0;
        }
        double perIteration = evaluator.load(Phase.COLOCATED, depth, group.batch()).prompts();
        return (long) Math.ceil(depth * Math.max(1, perIteration));
    }
}
