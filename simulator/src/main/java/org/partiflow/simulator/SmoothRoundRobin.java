package org.partiflow.simulator;

import java.util.List;
import java.util.function.IntPredicate;

/**
 * Smooth weighted round robin: choices interleave, and over any stretch each is taken in proportion to its weight. Every
 * choice earns its weight per turn; the richest is taken and pays the sum of the weights. O(choices) per turn.
 */
final class SmoothRoundRobin {
    private final double[] weights;
    private final double[] credits;

    /** Takes non-negative weights; if all are zero, all choices are equal. */
    SmoothRoundRobin(List<Double> weights) {
        this.weights = weights.stream().mapToDouble(w -> Math.max(0, w)).toArray();
        boolean none = weights.stream().noneMatch(w -> w > 0);
        if (none) {
            java.util.Arrays.fill(this.weights, 1);
        }
        credits = new double[this.weights.length];
    }

    /**
     * The next choice among those eligible; those of no weight are taken only if no other is eligible.
     *
     * @return its index, -1 if none is eligible
     */
    int next(IntPredicate eligible) {
        int best = -1;
        int weightless = -1;
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            if (!eligible.test(i)) {
                continue;
            }
            if (weights[i] == 0) {
                weightless = weightless < 0 ? i : weightless;
                continue;
            }
            credits[i] += weights[i];
            sum += weights[i];
            if (best < 0 || credits[i] > credits[best]) {
                best = i;
            }
        }
        if (best < 0) {
            return weightless;
        }
        credits[best] -= sum;
        return best;
    }
}
