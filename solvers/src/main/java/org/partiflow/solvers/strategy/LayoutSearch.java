package org.partiflow.solvers.strategy;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.cluster.Link;
import org.partiflow.api.cost.GroupEvaluator;
import org.partiflow.api.cost.KvTraffic;
import org.partiflow.api.cost.StageCost;
import org.partiflow.api.cost.StepLoad;
import org.partiflow.api.model.Sharding;
import org.partiflow.api.model.TransformerModel;
import org.partiflow.api.plan.Phase;

/** The best batch and layer split of one stage layout. Holds the state of one search; not thread-safe. */
final class LayoutSearch {
    private static final double[] FRACTIONS = {1, 0.9, 0.75, 0.5};
    private static final double SMALLER_BATCH_TIE = 0.02;
    /** By how much a stage may be faster than its layers' mean says: embedding and head are not spread evenly. */
    private static final double UNEVEN = 1.08;
    /** Allows for rates that do not quite rise with the batch: fitted times need not be smooth. */
    private static final double RISING = 1.02;
    /** The definition of memory divides where this multiplies. */
    private static final double ROUNDING = 1 + 1e-9;

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
    private final StageCost[] costs;
    private final double[] fixed;
    private final double[] perLayer;
    private final int[] caps;
    /** Rates below this lose anyway. */
    private double floor;

    /** Tokens of cache beside all layers on a single stage, by the definition itself; unused with more stages. */
    private final long roomOfAll;

    private int largest = -1;
    private double most = -1;

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
        costs = new StageCost[stages];
        fixed = new double[stages];
        perLayer = new double[stages];
        caps = new int[stages];
        int rank = 0;
        for (int j = 0; j < stages; j++) {
            members[j] = Arrays.copyOfRange(gpus, rank, rank + degrees[j]);
            rank += degrees[j];
            free[j] = table.freeBytes(phase, members[j], j == 0, j == stages - 1);
            layerBytes[j] = table.layerBytes(degrees[j]);
            kvBytesPerToken[j] = Sharding.kvBytesPerTokenPerGpu(model, 1, degrees[j]);
        }
        roomOfAll = stages > 1
                ? 0
                : evaluator.kvCapacityTokens(phase, List.of(new KvTraffic.Holder(members[0], 0, model.layers())));
    }

    /** The largest batch that fits; below the least that can work if none does. */
    private int largestBatch() {
        if (largest < 0) {
            largest = table.areConnected(members) ? largestThatFits() : 0;
            for (int j = 0; j < costs.length; j++) {
                costs[j] = table.stage(members[j]);
            }
        }
        return largest;
    }

    /**
     * More than this layout serves in any way, as rates rise with the batch: the rate of the largest batch with layers cut
     * anywhere; 0 if nothing fits.
     */
    double mostRequestsPerSecond() {
        if (most < 0) {
            int batch = largestBatch();
            most = batch < evaluator.minBatch(phase, degrees.length)
                    ? 0
                    : RISING * mostAt(batch, evaluator.load(phase, degrees.length, batch));
        }
        return most;
    }

    /** The best strategy of this layout, or {@code null} if there is none with at least the rate {@code atLeast}. */
    @Nullable
    GroupStrategy best(double atLeast) {
        floor = atLeast;
        int batch = largestBatch();
        if (batch < evaluator.minBatch(phase, degrees.length)) {
            return null;
        }
        return phase == Phase.PREFILL ? bestPrefill(batch) : bestDecode(batch);
    }

    /** The smallest batch within a hair of the best rate: larger ones only add latency. */
    private @Nullable GroupStrategy bestPrefill(int fitting) {
        GroupStrategy best = null;
        for (int batch = 1; batch <= fitting; batch *= 2) {
            double needed = best == null ? 0 : best.requestsPerSecond() * (1 + SMALLER_BATCH_TIE);
            GroupStrategy candidate = evaluate(batch, needed);
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
    private @Nullable GroupStrategy bestDecode(int fitting) {
        int inTime = fitting;
        if (limits.tokenSeconds() < Double.POSITIVE_INFINITY) {
            inTime = largestInTime(fitting);
            if (inTime < evaluator.minBatch(phase, degrees.length)) {
                return null;
            }
        }
        GroupStrategy best = null;
        for (double fraction : FRACTIONS) {
            int least = evaluator.minBatch(phase, degrees.length);
            int batch = Math.max(least, (int) (inTime * fraction));
            GroupStrategy candidate = evaluate(batch, best == null ? floor : best.requestsPerSecond());
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

    private int largestInTime(int fitting) {
        int low = evaluator.minBatch(phase, degrees.length) - 1;
        int high = fitting;
        while (low < high) {
            int middle = low + (high - low + 1) / 2;
            GroupStrategy candidate = evaluate(middle, 0);
            if (candidate != null && candidate.latencySeconds() <= limits.tokenSeconds()) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private boolean fits(int batch) {
        setCaps(batch);
        int least = evenLayers() > 0 ? evenLayers() : 1;
        long room = 0;
        for (int cap : caps) {
            if (cap < least) {
                return false;
            }
            room += cap;
        }
        return room >= model.layers();
    }

    private void setCaps(int batch) {
        long tokens = evaluator.kvNeededTokens(phase, degrees.length, batch);
        if (caps.length == 1) {
            caps[0] = tokens <= roomOfAll ? model.layers() : 0;
            return;
        }
        for (int j = 0; j < caps.length; j++) {
            double each = layerBytes[j] + tokens * ROUNDING * kvBytesPerToken[j];
            caps[j] = (int) Math.max(0, Math.min(model.layers(), free[j] / each));
        }
    }

    /** The best split at this batch; {@code null} if nothing fits or, surely, none reaches {@code needed}. */
    private @Nullable GroupStrategy evaluate(int batch, double needed) {
        StepLoad load = evaluator.load(phase, degrees.length, batch);
        double passes = passes(batch, load);
        if (mostAt(batch, load) < needed) {
            return null;
        }
        setCaps(batch);
        int[] split = evenLayers() > 0 ? even() : LayerSplit.fastest(model.layers(), caps, fixed, perLayer);
        return split == null ? null : measured(batch, passes, load, split);
    }

    /** What no split of layers exceeds at this batch. */
    private double mostAt(int batch, StepLoad load) {
        setLayerTimes(load);
        double least = LayerSplit.leastSeconds(model.layers(), fixed, perLayer) / UNEVEN;
        return rate(batch, passes(batch, load) * least, degrees.length * least);
    }

    private double passes(int batch, StepLoad load) {
        return phase == Phase.PREFILL ? Math.rint(batch / load.prompts()) : 1;
    }

    /** Layers of every stage where the engine cuts them evenly, which the layout then allows; 0 where it need not. */
    private int evenLayers() {
        return table.problem.serving().engine().needsEvenGroups() ? model.layers() / degrees.length : 0;
    }

    private int @Nullable [] even() {
        int[] split = new int[degrees.length];
        Arrays.fill(split, evenLayers());
        for (int j = 0; j < split.length; j++) {
            if (caps[j] < split[j]) {
                return null;
            }
        }
        return split;
    }

    private void setLayerTimes(StepLoad load) {
        int layers = model.layers();
        for (int j = 0; j < costs.length; j++) {
            if (j > 0 && costs[j] == costs[j - 1]) {
                perLayer[j] = perLayer[j - 1];
                fixed[j] = fixed[j - 1];
                continue;
            }
            double all = costs[j].stepSeconds(0, layers, load);
            double one = costs[j].stepSeconds(0, 1, load);
            perLayer[j] = layers == 1 ? one : Math.max(Double.MIN_NORMAL, (all - one) / (layers - 1));
            fixed[j] = Math.max(0, one - perLayer[j]);
        }
    }

    private double rate(int batch, double slowestSeconds, double iterationSeconds) {
        return phase == Phase.PREFILL
                ? batch / slowestSeconds
                : evaluator.tokensPerIteration(phase, degrees.length, batch)
                        / (Math.max(1, evaluator.lengths().decodeSteps()) * iterationSeconds);
    }

    private @Nullable GroupStrategy measured(int batch, double passes, StepLoad load, int[] split) {
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
        double rate = rate(batch, slowest, latency);
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
