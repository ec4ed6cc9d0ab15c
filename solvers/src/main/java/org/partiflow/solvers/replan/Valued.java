package org.partiflow.solvers.replan;

import java.util.List;
import org.partiflow.solvers.network.Allocation;

/**
 * Placed groups and what they come to. Immutable.
 *
 * @param groups the groups
 * @param allocation flow through them
 * @param value requests per second that count
 * @param potential sum of the groups' rates: among equals, more makes further improvement likely
 */
record Valued(List<Placed> groups, Allocation allocation, double value, double potential) {
    private static final double SAME = 1e-9;

    Valued {
        groups = List.copyOf(groups);
    }

    boolean isBetterThan(Valued other) {
        if (Math.abs(value - other.value) > SAME * Math.max(value, other.value)) {
            return value > other.value;
        }
        return potential > other.potential * (1 + SAME);
    }

    /** GPUs in groups that the old plan does not have. */
    int touched() {
        return groups.stream()
                .filter(placed -> !placed.isOriginal())
                .mapToInt(placed -> placed.gpus().length)
                .sum();
    }
}
