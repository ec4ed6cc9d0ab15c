package org.partiflow.solvers.strategy;

import java.util.List;
import org.partiflow.api.cost.GroupEvaluator;
import org.partiflow.api.cost.KvTraffic;
import org.partiflow.api.model.Sharding;
import org.partiflow.api.plan.Phase;

/** The memory of the stages of one layout: layers that they hold beside their caches. Not thread-safe. */
final class StageMemory {
    /** The definition of memory divides where this multiplies. */
    private static final double ROUNDING = 1 + 1e-9;

    private final int layers;
    private final double[] free;
    private final double[] layerBytes;
    private final double[] kvBytesPerToken;
    private final int[] caps;
    private final double[] tokensOfNext;

    /** Tokens of cache beside all layers on a single stage, by the definition itself; unused with more stages. */
    private final long roomOfAll;

    StageMemory(StageTable table, GroupEvaluator evaluator, Phase phase, int[][] members) {
        int stages = members.length;
        layers = table.model.layers();
        free = new double[stages];
        layerBytes = new double[stages];
        kvBytesPerToken = new double[stages];
        caps = new int[stages];
        tokensOfNext = new double[stages];
        for (int j = 0; j < stages; j++) {
            free[j] = table.freeBytes(phase, members[j], j == 0, j == stages - 1);
            layerBytes[j] = table.layerBytes(members[j].length);
            kvBytesPerToken[j] = Sharding.kvBytesPerTokenPerGpu(table.model, 1, members[j].length);
        }
        roomOfAll = stages > 1
                ? 0
                : evaluator.kvCapacityTokens(phase, List.of(new KvTraffic.Holder(members[0], 0, layers)));
    }

    /** Most layers of each stage beside caches of {@code tokens}; overwritten by the next call. */
    int[] layersBeside(long tokens) {
        if (caps.length == 1) {
            caps[0] = tokens <= roomOfAll ? layers : 0;
            return caps;
        }
        for (int j = 0; j < caps.length; j++) {
            double each = layerBytes[j] + tokens * ROUNDING * kvBytesPerToken[j];
            caps[j] = (int) Math.max(0, Math.min(layers, free[j] / each));
        }
        return caps;
    }

    /** Whether all layers fit beside caches of {@code tokens}, with at least {@code least} on every stage. */
    boolean holds(long tokens, int least) {
        long room = 0;
        for (int cap : layersBeside(tokens)) {
            if (cap < least) {
                return false;
            }
            room += cap;
        }
        return room >= layers;
    }

    /**
     * The most tokens of cache beside which the stages hold all layers, none more than {@code most}; infinite if they do beside
     * {@code tokens}, below zero if never. O(stages x layers that are missing beside {@code tokens}).
     *
     * @param most most layers of each stage, together at least all
     */
    double tokensLeavingRoom(int[] most, long tokens) {
        int missing = layers;
        layersBeside(tokens);
        for (int j = 0; j < caps.length; j++) {
            missing -= Math.min(caps[j], most[j]);
            tokensOfNext[j] = tokensBesideOneMore(j, most[j]);
        }
        if (missing <= 0) {
            return Double.POSITIVE_INFINITY;
        }
        double left = 0;
        for (; missing > 0; missing--) {
            int first = 0;
            for (int j = 1; j < caps.length; j++) {
                if (tokensOfNext[j] > tokensOfNext[first]) {
                    first = j;
                }
            }
            left = tokensOfNext[first];
            caps[first]++;
            tokensOfNext[first] = tokensBesideOneMore(first, most[first]);
        }
        // Less than now even if rounding hides it.
        return Math.min(left, tokens - 1.0);
    }

    private double tokensBesideOneMore(int stage, int most) {
        return caps[stage] >= most
                ? Double.NEGATIVE_INFINITY
                : (free[stage] / (caps[stage] + 1) - layerBytes[stage]) / (ROUNDING * kvBytesPerToken[stage]);
    }

    /** Tokens of cache that the fullest stage has room for. */
    double tokensBeside(int[] split) {
        double tokens = Double.POSITIVE_INFINITY;
        for (int j = 0; j < split.length; j++) {
            tokens = Math.min(tokens, (free[j] / split[j] - layerBytes[j]) / kvBytesPerToken[j]);
        }
        return tokens;
    }
}
