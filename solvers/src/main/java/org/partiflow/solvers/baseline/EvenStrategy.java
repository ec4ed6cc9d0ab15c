package org.partiflow.solvers.baseline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import org.partiflow.api.cost.GroupEvaluator;
import org.partiflow.api.cost.GroupPerformance;
import org.partiflow.api.cost.KvTraffic;
import org.partiflow.api.plan.Phase;
import org.partiflow.solvers.strategy.GroupStrategy;
import org.partiflow.solvers.strategy.LatencyLimits;

/**
 * The strategy of a replica that is cut evenly: stages of equal degree, layers that differ by one at most. The batch is
 * chosen as everywhere: prefill takes the smallest power of two within two per cent of the best rate, the others the
 * largest that memory, the engine's limits and the latency limits allow, or a part of it if that is faster. Stateless
 * beyond its inputs; O(layers + batches) evaluations.
 */
final class EvenStrategy {
    private static final double[] FRACTIONS = {1, 0.75, 0.5};
    private static final double SMALLER_BATCH_TIE = 0.02;

    private final GroupEvaluator evaluator;
    private final int layers;
    private final LatencyLimits limits;

    EvenStrategy(GroupEvaluator evaluator, int layers, LatencyLimits limits) {
        this.evaluator = evaluator;
        this.layers = layers;
        this.limits = limits;
    }

    /** The strategy on these GPUs, in stage order; {@link GroupStrategy#NONE} if they cannot serve in this phase. */
    GroupStrategy of(Phase phase, ReplicaShape shape, int[] gpus) {
        if (shape.stages() > layers) {
            return GroupStrategy.NONE;
        }
        List<KvTraffic.Holder> stages = stages(shape, gpus);
        long room = evaluator.kvCapacityTokens(phase, stages);
        int least = evaluator.minBatch(phase, shape.stages());
        int most = largest(
                least,
                evaluator.maxBatch(phase, shape.stages()),
                batch -> evaluator.kvNeededTokens(phase, shape.stages(), batch) <= room);
        if (most < least) {
            return GroupStrategy.NONE;
        }
        return phase == Phase.PREFILL ? prefill(stages, room, most) : decode(phase, stages, room, least, most);
    }

    private GroupStrategy prefill(List<KvTraffic.Holder> stages, long room, int most) {
        GroupStrategy best = GroupStrategy.NONE;
        for (int batch = 1; batch <= most; batch *= 2) {
            GroupStrategy candidate = at(Phase.PREFILL, stages, room, batch);
            if (candidate.latencySeconds() <= limits.prefillSeconds()
                    && candidate.requestsPerSecond() > best.requestsPerSecond() * (1 + SMALLER_BATCH_TIE)) {
                best = candidate;
            }
        }
        return best;
    }

    private GroupStrategy decode(Phase phase, List<KvTraffic.Holder> stages, long room, int least, int most) {
        int inTime = limits.tokenSeconds() < Double.POSITIVE_INFINITY
                ? largest(
                        least, most, batch -> at(phase, stages, room, batch).latencySeconds() <= limits.tokenSeconds())
                : most;
        GroupStrategy best = GroupStrategy.NONE;
        if (inTime < least) {
            return best;
        }
        for (double fraction : FRACTIONS) {
            GroupStrategy candidate = at(phase, stages, room, Math.max(least, (int) (inTime * fraction)));
            if (candidate.latencySeconds() <= limits.tokenSeconds()
                    && candidate.requestsPerSecond() > best.requestsPerSecond()) {
                best = candidate;
            }
        }
        return best;
    }

    private GroupStrategy at(Phase phase, List<KvTraffic.Holder> stages, long room, int batch) {
        GroupPerformance performance = evaluator.evaluate(phase, stages, batch);
        if (!Double.isFinite(performance.latencySeconds())) {
            // Stages on nodes that nothing connects.
            return GroupStrategy.NONE;
        }
        return new GroupStrategy(
                stages.stream().mapToInt(stage -> stage.gpus().length).toArray(),
                stages.stream().mapToInt(KvTraffic.Holder::layers).toArray(),
                batch,
                performance.capacityRequestsPerSecond(),
                performance.latencySeconds(),
                Math.max(0, room / evaluator.lengths().meanReserved() - 0.5));
    }

    private List<KvTraffic.Holder> stages(ReplicaShape shape, int[] gpus) {
        List<KvTraffic.Holder> stages = new ArrayList<>();
        int layer = 0;
        for (int j = 0; j < shape.stages(); j++) {
            int share = layers / shape.stages() + (j < layers % shape.stages() ? 1 : 0);
            int[] members = Arrays.copyOfRange(gpus, j * shape.degree(), (j + 1) * shape.degree());
            stages.add(new KvTraffic.Holder(members, layer, share));
            layer += share;
        }
        return stages;
    }

    /** The largest value from least to most that passes, if all below it pass too; below {@code least} if none does. */
    private static int largest(int least, int most, IntPredicate passes) {
        int low = least - 1;
        int high = most;
        while (low < high) {
            int middle = low + (high - low + 1) / 2;
            if (passes.test(middle)) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
