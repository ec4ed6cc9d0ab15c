package org.partiflow.solvers.strategy;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.cost.StageCost;
import org.partiflow.api.cost.StepLoad;

/**
 * The times of the stages of one layout under a load, as lines over their layers. Embedding and head count on the first and last
 * stage only. Not thread-safe.
 */
final class StageTimes {
    private final int layers;
    private final StageCost[] costs;
    private final double[] fixed;
    private final double[] perLayer;
    private final int[] within;

    StageTimes(StageTable table, int[][] members) {
        layers = table.model.layers();
        costs = new StageCost[members.length];
        for (int j = 0; j < costs.length; j++) {
            costs[j] = table.stage(members[j]);
        }
        fixed = new double[costs.length];
        perLayer = new double[costs.length];
        within = new int[costs.length];
    }

    /** Draws the lines of {@code load}. */
    void set(StepLoad load) {
        int last = costs.length - 1;
        for (int j = 0; j <= last; j++) {
            if (j > 1 && j < last && costs[j] == costs[j - 1]) {
                perLayer[j] = perLayer[j - 1];
                fixed[j] = fixed[j - 1];
            } else {
                set(j, j > 0 ? 1 : 0, layers - (j < last ? 1 : 0), load);
            }
        }
    }

    /** The line of a stage that may hold these layers; the first and the last of the model stay where they are. */
    private void set(int stage, int from, int to, StepLoad load) {
        boolean hasHead = to == layers && from > 0;
        double one = costs[stage].stepSeconds(hasHead ? to - 1 : from, 1, load);
        int more = to - from - 1;
        double each = more <= 0 ? one : (costs[stage].stepSeconds(from, to - from, load) - one) / more;
        perLayer[stage] = Math.max(Double.MIN_NORMAL, each);
        fixed[stage] = Math.max(0, one - perLayer[stage]);
    }

    /** Seconds that the slowest stage needs if layers could be cut anywhere. */
    double leastSeconds() {
        return LayerSplit.leastSeconds(layers, fixed, perLayer);
    }

    /** The split with the quickest slowest stage; {@code null} if the layers do not fit. */
    int @Nullable [] quickest(int[] most) {
        return LayerSplit.fastest(layers, most, fixed, perLayer);
    }

    /** The split with the least sum of times in which no stage exceeds {@code seconds}; {@code null} if the layers do not fit. */
    int @Nullable [] soonest(int[] most, double seconds) {
        int[] quick = within(seconds);
        if (quick == null) {
            return null;
        }
        int[] split = new int[costs.length];
        Arrays.fill(split, 1);
        int left = layers - costs.length;
        while (left > 0) {
            int quickest = -1;
            for (int j = 0; j < split.length; j++) {
                boolean isFree = split[j] < Math.min(quick[j], most[j]);
                if (isFree && (quickest < 0 || perLayer[j] < perLayer[quickest])) {
                    quickest = j;
                }
            }
            if (quickest < 0) {
                return null;
            }
            int given = Math.min(left, Math.min(quick[quickest], most[quickest]) - split[quickest]);
            split[quickest] += given;
            left -= given;
        }
        return split;
    }

    double sum(int[] split) {
        double sum = 0;
        for (int j = 0; j < split.length; j++) {
            sum += fixed[j] + split[j] * perLayer[j];
        }
        return sum;
    }

    double slowest(int[] split) {
        double slowest = 0;
        for (int j = 0; j < split.length; j++) {
            slowest = Math.max(slowest, fixed[j] + split[j] * perLayer[j]);
        }
        return slowest;
    }

    /**
     * Most layers of each stage that take no longer than {@code seconds}, overwritten by the next call; {@code null} if some
     * stage manages none or all together too few.
     */
    int @Nullable [] within(double seconds) {
        long together = 0;
        for (int j = 0; j < within.length; j++) {
            within[j] = (int) Math.min(layers, (seconds - fixed[j]) / perLayer[j]);
            if (within[j] < 1) {
                return null;
            }
            together += within[j];
        }
        return together < layers ? null : within;
    }

    /** Seconds of a stage for its layers, by the cost model itself. */
    double of(int stage, int firstLayer, int count, StepLoad load) {
        return costs[stage].stepSeconds(firstLayer, count, load);
    }
}
