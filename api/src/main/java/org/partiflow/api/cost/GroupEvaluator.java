package org.partiflow.api.cost;

import java.util.ArrayList;
import java.util.List;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.cluster.Link;
import org.partiflow.api.model.Sharding;
import org.partiflow.api.model.TransformerModel;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.workload.LengthMoments;

/**
 * Defines what a serving group can do, given the times of its stages. Planners use it (or a faster equivalent) to
 * choose, checkers to recompute. Immutable and thread-safe; an evaluation is O(stages + GPUs).
 *
 * <p>Rates are those of a saturated group. A prefill pass of {@code batch} prompts occupies each stage in turn, so the
 * slowest stage sets the rate. Decode and colocated groups cut their {@code batch} sequences into one micro-batch for
 * each stage; an iteration takes as long as the slowest stage needs for all micro-batches, or as one micro-batch needs
 * for all stages, whichever is longer. A colocated group adds to each iteration the prompt tokens that keep its batch
 * filled; one sequence of each of its micro-batches is being prefilled, the others decode, and a pipeline of several
 * stages keeps 97 % of the rate, since uneven iterations make stages wait.
 */
public final class GroupEvaluator {
    /**
     * What a colocated pipeline of several stages keeps of its rate: even iterations of equal size differ in time, so the
     * stages wait for each other. Measured by replaying saturated plans.
     */
    private static final double COLOCATED_PIPELINE_EFFICIENCY = 0.97;

    /** Mean of the positive part of a standard normal variable. */
    private static final double MEAN_SHORTAGE = 0.4;

    private final PlanningProblem problem;
    private final CostModel costModel;
    private final LengthMoments lengths;
    private final int maxPrompt;
    private final int maxTotal;

    /** An evaluator for {@code problem} with times by {@code costModel}. */
    public GroupEvaluator(PlanningProblem problem, CostModel costModel) {
        this.problem = problem;
        this.costModel = costModel;
        lengths = problem.workload().moments();
        maxPrompt = problem.workload().maxPrompt();
        maxTotal = problem.workload().maxTotal();
    }

    /** Moments of the workload's lengths. */
    public LengthMoments lengths() {
        return lengths;
    }

    /** Evaluates a group with {@code batch} prompts per pass (prefill) or sequences in flight (otherwise). */
    public GroupPerformance evaluate(Phase phase, List<KvTraffic.Holder> stages, int batch) {
        PreparedGroup group = prepare(phase, stages);
        return new GroupPerformance(
                group.requestsPerSecond(batch),
                group.latencySeconds(batch),
                weightBytes(stages),
                kvCapacityTokens(phase, stages));
    }

    /** Looks the times of a group's stages up, for evaluating many batches. O(GPUs squared in a stage). */
    public PreparedGroup prepare(Phase phase, List<KvTraffic.Holder> stages) {
        StageCost[] costs = stages.stream()
                .map(stage -> costModel.stage(StageHardware.of(problem.cluster(), stage.gpus())))
                .toArray(StageCost[]::new);
        Link[] hops = new Link[stages.size() - 1];
        for (int j = 0; j < hops.length; j++) {
            hops[j] = problem.cluster()
                    .link(stages.get(j).gpus()[0], stages.get(j + 1).gpus()[0]);
        }
        return new PreparedGroup(this, costModel, phase, stages, costs, hops);
    }

    /** Tokens that decode makes in one iteration of all micro-batches, losses of a colocated pipeline taken off. */
    public double tokensPerIteration(Phase phase, int stageCount, int batch) {
        if (phase != Phase.COLOCATED) {
            return batch;
        }
        double efficiency = stageCount > 1 ? COLOCATED_PIPELINE_EFFICIENCY : 1;
        return efficiency * Math.max(0, batch - stageCount);
    }

    /** Seconds that each stage is busy for one pass (prefill) or one micro-batch iteration (otherwise). */
    public double[] stageSeconds(Phase phase, List<KvTraffic.Holder> stages, int batch) {
        PreparedGroup group = prepare(phase, stages);
        double[] seconds = new double[stages.size()];
        for (int stage = 0; stage < seconds.length; stage++) {
            seconds[stage] = group.stageSeconds(stage, batch);
        }
        return seconds;
    }

    /** The load of one forward pass of a group; prompts beyond the batched-token limit are cut into equal passes. */
    public StepLoad load(Phase phase, int stageCount, int batch) {
        double microBatch = (double) batch / stageCount;
        return switch (phase) {
            case PREFILL -> {
                double perPass = (double) batch / passes(batch);
                yield StepLoad.prefill(perPass, perPass * lengths.prompt(), perPass * lengths.promptPairs());
            }
            case DECODE -> StepLoad.decode(microBatch, microBatch * lengths.meanContext());
            case COLOCATED -> {
                double decoding = Math.max(0, microBatch - 1);
                double prompts = decoding / decodeSteps();
                yield new StepLoad(
                        prompts * lengths.prompt(),
                        prompts * lengths.promptPairs(),
                        prompts,
                        decoding,
                        decoding * lengths.meanContext());
            }
        };
    }

    /**
     * Tokens of KV cache that the group's smallest GPU leaves room for, beside weights and activations; negative if not
     * even those fit.
     */
    public long kvCapacityTokens(Phase phase, List<KvTraffic.Holder> stages) {
        double least = Double.POSITIVE_INFINITY;
        for (KvTraffic.Holder stage : stages) {
            double free = freeBytes(phase, stage);
            double perToken = Sharding.kvBytesPerTokenPerGpu(problem.model(), stage.layers(), stage.gpus().length);
            least = Math.min(least, free / perToken);
        }
        return (long) Math.floor(least);
    }

    /** Tokens of KV cache that a group needs so that it can sustain {@code batch} in this phase. */
    public long kvNeededTokens(Phase phase, int stageCount, int batch) {
        double needed = switch (phase) {
            // Each stage works on a pass, and one more is on its way to decode groups.
            case PREFILL -> Math.max(maxPrompt, (stageCount + 1.0) * batch * lengths.prompt());
            // Admission by reservation leaves, on average, half a request's room unused.
            case DECODE -> Math.max(maxTotal, (batch + 0.5) * lengths.meanReserved());
            case COLOCATED -> Math.max(maxTotal, colocatedTokens(stageCount, batch));
        };
        return (long) Math.ceil(needed);
    }

    /**
     * Tokens of cache of a colocated group: of its decoding sequences, of the prompts under way (one in each micro-batch, and
     * one more in each iteration that ends one), and what the sum of random lengths lacks on average where it is at its limit,
     * 0.4 standard deviations. Prompts under way are longer than most, as they take longer; from that bias follows the
     * variance.
     */
    private double colocatedTokens(int stageCount, int batch) {
        double decoding = Math.max(0, batch - stageCount);
        double prefilling = batch - decoding + decoding / decodeSteps();
        double each = lengths.meanReserved();
        double begun = lengths.meanPrefillReserved();
        double deviation = Math.sqrt(decoding * each * Math.max(0, begun - each));
        return decoding * each + prefilling * begun + MEAN_SHORTAGE * deviation;
    }

    /** Smallest batch that keeps every stage of a group at work. */
    public int minBatch(Phase phase, int stageCount) {
        return phase == Phase.COLOCATED ? 2 * stageCount : 1;
    }

    /** Largest batch that the batched-token and sequence limits allow, at least 1. */
    public int maxBatch(Phase phase, int stageCount) {
        int tokens = problem.serving().maxBatchedTokens();
        long sequences = (long) problem.serving().maxSequences() * stageCount;
        double limit = switch (phase) {
            case PREFILL -> tokens / lengths.prompt();
            case DECODE -> sequences;
            case COLOCATED -> Math.min(sequences, stageCount * (1 + tokens / (1 + lengths.prompt() / decodeSteps())));
        };
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, Math.floor(limit)));
    }

    /** Most tokens that one forward pass of this phase may hold: what the activations are sized for. */
    public int activationTokens(Phase phase) {
        return phase == Phase.DECODE
                ? problem.serving().maxSequences()
                : problem.serving().maxBatchedTokens();
    }

    private double freeBytes(Phase phase, KvTraffic.Holder stage) {
        TransformerModel model = problem.model();
        int degree = stage.gpus().length;
        long smallest = Long.MAX_VALUE;
        for (int gpu : stage.gpus()) {
            smallest =
                    Math.min(smallest, problem.cluster().gpuType(gpu).memory().bytes());
        }
        return problem.serving().memoryUtilization() * smallest
                - Sharding.weightBytesPerGpu(model, stage.firstLayer(), stage.layers(), degree)
                - Sharding.activationBytesPerGpu(model, activationTokens(phase), degree);
    }

    private List<Double> weightBytes(List<KvTraffic.Holder> stages) {
        List<Double> bytes = new ArrayList<>();
        for (KvTraffic.Holder stage : stages) {
            int degree = stage.gpus().length;
            double each = Sharding.weightBytesPerGpu(problem.model(), stage.firstLayer(), stage.layers(), degree);
            for (int rank = 0; rank < degree; rank++) {
                bytes.add(each);
            }
        }
        return bytes;
    }

    /** Forward passes that a batch of prompts is cut into. */
    int passes(int batch) {
        return (int) Math.max(
                1, Math.ceil(batch * lengths.prompt() / problem.serving().maxBatchedTokens()));
    }

    /** Decode steps of a request, at least one so that rates stay finite where nothing is decoded. */
    double decodeSteps() {
        return Math.max(1, lengths.decodeSteps());
    }
}
