package org.partiflow.api.cost;

import java.util.List;
import org.partiflow.api.cluster.Link;
import org.partiflow.api.plan.Phase;

/**
 * A group in one phase with its stages' times looked up, for evaluating many batches: see {@link
 * GroupEvaluator#prepare}. Loads are kept per batch, so that a batch asked for again is a few multiplications per stage
 * and nothing is allocated. Values do not depend on what was asked before or by which thread. Thread-safe; O(stages) a
 * call, O(stages + largest batch) memory.
 */
public final class PreparedGroup {
    private static final int LEAST_KEPT = 64;

    private final GroupEvaluator evaluator;
    private final CostModel costModel;
    private final Phase phase;
    private final StageCost[] costs;
    private final int[] firstLayers;
    private final int[] layers;
    private final Link[] hops;

    /** Immutable loads, filled on demand; a race writes an equal one. */
    private final StepLoad[] loads;

    PreparedGroup(
            GroupEvaluator evaluator,
            CostModel costModel,
            Phase phase,
            List<KvTraffic.Holder> stages,
            StageCost[] costs,
            Link[] hops) {
        this.evaluator = evaluator;
        this.costModel = costModel;
        this.phase = phase;
        this.costs = costs;
        this.hops = hops;
        firstLayers = stages.stream().mapToInt(KvTraffic.Holder::firstLayer).toArray();
        layers = stages.stream().mapToInt(KvTraffic.Holder::layers).toArray();
        loads = new StepLoad[Math.max(LEAST_KEPT, evaluator.maxBatch(phase, costs.length)) + 1];
    }

    /** Seconds that a stage is busy for one pass (prefill) or one micro-batch iteration (otherwise). */
    public double stageSeconds(int stage, int batch) {
        int passes = phase == Phase.PREFILL ? evaluator.passes(batch) : 1;
        return passes * costs[stage].stepSeconds(firstLayers[stage], layers[stage], load(batch));
    }

    /** Prefill: seconds of one batch through the pipeline; decode and colocated: seconds of a token for all. */
    public double latencySeconds(int batch) {
        double through = 0;
        double slowest = 0;
        double tokens = load(batch).tokens();
        for (Link hop : hops) {
            through += costModel.hopSeconds(hop, tokens);
        }
        for (int stage = 0; stage < costs.length; stage++) {
            double seconds = stageSeconds(stage, batch);
            slowest = Math.max(slowest, seconds);
            through += seconds;
        }
        return phase == Phase.PREFILL ? through : Math.max(costs.length * slowest, through);
    }

    /** Sustained rate. */
    public double requestsPerSecond(int batch) {
        if (phase != Phase.PREFILL) {
            return evaluator.tokensPerIteration(phase, costs.length, batch)
                    / (evaluator.decodeSteps() * latencySeconds(batch));
        }
        double slowest = 0;
        for (int stage = 0; stage < costs.length; stage++) {
            slowest = Math.max(slowest, stageSeconds(stage, batch));
        }
        return batch / slowest;
    }

    private StepLoad load(int batch) {
        if (batch >= loads.length) {
            return evaluator.load(phase, costs.length, batch);
        }
        StepLoad known = loads[batch];
        if (known == null) {
            known = evaluator.load(phase, costs.length, batch);
            loads[batch] = known;
        }
        return known;
    }
}
