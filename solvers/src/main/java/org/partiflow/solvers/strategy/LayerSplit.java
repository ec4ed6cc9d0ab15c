package org.partiflow.solvers.strategy;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Distributes layers over pipeline stages. Stateless. */
final class LayerSplit {
    private LayerSplit() {}

    /**
     * Layers for each stage so that the slowest stage is as fast as possible: layers are handed out one by one to the
     * stage that is then quickest, which is optimal for times that rise with every layer. What every stage gets anyway
     * before the first of them exceeds {@link #leastSeconds} is handed out at once: O(stages squared).
     *
     * @param layers total layers
     * @param most most layers that each stage can hold
     * @param fixed seconds of each stage without layers
     * @param perLayer seconds of each stage for a layer, above zero
     * @return layers of each stage, at least 1 each; {@code null} if they do not fit
     */
    static int @Nullable [] fastest(int layers, int[] most, double[] fixed, double[] perLayer) {
        int stages = most.length;
        long room = 0;
        for (int cap : most) {
            if (cap < 1) {
                return null;
            }
            room += cap;
        }
        if (room < layers || stages > layers) {
            return null;
        }
        int[] split = new int[stages];
        double sure = leastSeconds(layers, fixed, perLayer);
        int given = 0;
        for (int j = 0; j < stages; j++) {
            double fitting = Math.floor((sure - fixed[j]) / perLayer[j]);
            split[j] = (int) Math.max(1, Math.min(most[j], fitting));
            given += split[j];
        }
        if (given > layers) {
            // Stages that are slow even with one layer left the others more than there is.
            Arrays.fill(split, 1);
            given = stages;
        }
        for (int left = layers - given; left > 0; left--) {
            int quickest = -1;
            double least = Double.POSITIVE_INFINITY;
            for (int j = 0; j < stages; j++) {
                double seconds = fixed[j] + (split[j] + 1) * perLayer[j];
                if (split[j] < most[j] && seconds < least) {
                    least = seconds;
                    quickest = j;
                }
            }
            split[quickest]++;
        }
        return split;
    }

    /** What the slowest stage needs at least: the seconds that all need if layers could be cut anywhere. */
    static double leastSeconds(int layers, double[] fixed, double[] perLayer) {
        double speed = 0;
        double started = 0;
        for (int j = 0; j < fixed.length; j++) {
            speed += 1 / perLayer[j];
            started += fixed[j] / perLayer[j];
        }
        return (layers + started) / speed;
    }
}
