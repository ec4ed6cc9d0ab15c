package org.partiflow.solvers.strategy;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.cluster.Link;
import org.partiflow.api.cost.GroupEvaluator;
import org.partiflow.api.cost.StageCost;
import org.partiflow.api.cost.StepLoad;
import org.partiflow.api.model.Sharding;
import org.partiflow.api.model.TransformerModel;
import org.partiflow.api.plan.Phase;

/** The best batch and layer split of one stage layout. Holds the state of one search; not thread-safe. */
final class LayoutSearch {
    private static final double[] FRACTIONS = {1, 0.9, 0.75, 0.5};
    private static final double SMALLER_BATCH_TIE = 0.02;

    private final StageTable table;
    private final GroupEvaluator evaluator;
    private final LatencyLimits limits;
    private final Phase phase;
    private final int[] degrees;
    private final int[][] members;
    private final TransformerModel model;
    private final double[] free;
    private final double[] layerBytes;
    private final double[] kvBytesPerToken;

    LayoutSearch(
            StageTable table, GroupEvaluator evaluator, LatencyLimits limits, Phase phase, int[] degrees, int[] gpus) {
        this.table = table;
        this.evaluator = evaluator;
        this.limits = limits;
        this.phase = phase;
        this.degrees = degrees;
        model = table.model;
        int stages = degrees.length;
        members = new int[stages][];
        free = new double[stages];
        layerBytes = new double[stages];
        kvBytesPerToken = new double[stages];
        int rank = 0;
        for (int j = 0; j < stages; j++) {
            members[j] = Arrays.copyOfRange(gpus, rank, rank + degrees[j]);
            rank += degrees[j];
            free[j] = table.freeBytes(phase, members[j], j == 0, j == stages - 1);
            layerBytes[j] = table.layerBytes(degrees[j]);
            kvBytesPerToken[j] = Sharding.kvBytesPerTokenPerGpu(model, 1, degrees[j]);
        }
    }

    @Nullable
    GroupStrategy best() {
        int most = table.areConnected(members) ? largestThatFits() : 0;
        if (most < evaluator.minBatch(phase, degrees.length)) {
            return null;
        }
        return phase == Phase.PREFILL ? bestPrefill(most) : bestDecode(most);
    }

    /** The smallest batch within a hair of the best rate: larger ones only add latency. */
    private @Nullable GroupStrategy bestPrefill(int most) {
        GroupStrategy best = null;
        for (int batch = 1; batch <= most; batch *= 2) {
            GroupStrategy candidate = evaluate(batch);
            if (candidate != null
                    && candidate.latencySeconds() <= limits.prefillSeconds()
                    && (best == null
                            || candidate.requestsPerSecond() > best.requestsPerSecond() * (1 + SMALLER_BATCH_TIE))) {
                best = candidate;
            }
        }
        return best;
    }

    /** Rates rise with the batch, but a smaller one leaves more freedom in the split of layers. */
    private @Nullable GroupStrategy bestDecode(int most) {
        int largest = most;
        if (limits.tokenSeconds() < Double.POSITIVE_INFINITY) {
            largest = largestInTime(most);
            if (largest < evaluator.minBatch(phase, degrees.length)) {
                return null;
            }
        }
        GroupStrategy best = null;
        for (double fraction : FRACTIONS) {
            int least = evaluator.minBatch(phase, degrees.length);
            GroupStrategy candidate = evaluate(Math.max(least, (int) (largest * fraction)));
            if (candidate != null
                    && candidate.latencySeconds() <= limits.tokenSeconds()
                    && (best == null || candidate.requestsPerSecond() > best.requestsPerSecond())) {
                best = candidate;
            }
        }
        return best;
    }

    private int largestThatFits() {
        int low = 0;
        int high = evaluator.maxBatch(phase, degrees.length);
        while (low < high) {
            int middle = low + (high - low + 1) / 2;
            if (fits(middle)) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private int largestInTime(int most) {
        int low = evaluator.minBatch(phase, degrees.length) - 1;
        int high = most;
        while (low < high) {
            int middle = low + (high - low + 1) / 2;
            GroupStrategy candidate = evaluate(middle);
            if (candidate != null && candidate.latencySeconds() <= limits.tokenSeconds()) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private boolean fits(int batch) {
        long room = 0;
        for (int cap : caps(batch)) {
            if (cap < 1) {
                return false;
            }
            room += cap;
        }
        return room >= model.layers();
    }

    private int[] caps(int batch) {
        long tokens = evaluator.kvNeededTokens(phase, degrees.length, batch);
        int[] caps = new int[degrees.length];
        for (int j = 0; j < caps.length; j++) {
            // One token of slack: the definition rounds the capacity down.
            double each = layerBytes[j] + (tokens + 1) * kvBytesPerToken[j];
            caps[j] = (int) Math.max(0, Math.min(model.layers(), free[j] / each));
        }
        return caps;
    }

    private @Nullable GroupStrategy evaluate(int batch) {
        StepLoad load = evaluator.load(phase, degrees.length, batch);
        int stages = degrees.length;
        StageCost[] costs = new StageCost[stages];
        double[] fixed = new double[stages];
        double[] perLayer = new double[stages];
        int layers = model.layers();
        for (int j = 0; j < stages; j++) {
            costs[j] = table.stage(members[j]);
            double all = costs[j].stepSeconds(0, layers, load);
            double one = costs[j].stepSeconds(0, 1, load);
            perLayer[j] = layers == 1 ? one : Math.max(Double.MIN_NORMAL, (all - one) / (layers - 1));
            fixed[j] = Math.max(0, one - perLayer[j]);
        }
        int[] split = LayerSplit.fastest(layers, caps(batch), fixed, perLayer);
        return split == null ? null : measured(batch, load, costs, split);
    }

    private @Nullable GroupStrategy measured(int batch, StepLoad load, StageCost[] costs, int[] split) {
        double passes = phase == Phase.PREFILL ? Math.rint(batch / load.prompts()) : 1;
        double slowest = 0;
        double through = 0;
        int layer = 0;
        for (int j = 0; j < split.length; j++) {
            double seconds = passes * costs[j].stepSeconds(layer, split[j], load);
            slowest = Math.max(slowest, seconds);
            through += seconds;
            layer += split[j];
            if (j > 0) {
                Link link = table.problem.cluster().link(members[j - 1][0], members[j][0]);
                through += table.costModel().hopSeconds(link, load.tokens());
            }
        }
        if (Double.isInfinite(through)) {
            // Stages on nodes that nothing connects.
            return null;
        }
        double latency = phase == Phase.PREFILL ? through : Math.max(split.length * slowest, through);
        double steps = Math.max(1, evaluator.lengths().decodeSteps());
        double rate = phase == Phase.PREFILL
                ? batch / slowest
                : evaluator.tokensPerIteration(phase, split.length, batch) / (steps * latency);
        return new GroupStrategy(degrees, split, batch, rate, latency, kvRequests(split));
    }

    /** Requests whose prompt and output the cache holds at a time, on average half a request left unused. */
    private double kvRequests(int[] split) {
        double tokens = Double.POSITIVE_INFINITY;
        for (int j = 0; j < split.length; j++) {
            tokens = Math.min(tokens, (free[j] / split[j] - layerBytes[j]) / kvBytesPerToken[j]);
        }
        return Math.max(0, tokens / evaluator.lengths().meanReserved() - 0.5);
    }
}
