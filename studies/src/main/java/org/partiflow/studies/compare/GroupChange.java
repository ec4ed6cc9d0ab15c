package org.partiflow.studies.compare;

import java.util.List;
import java.util.Optional;
import org.partiflow.api.plan.ServingGroup;

/**
 * A group of one plan and its counterpart in the other.
 *
 * @param first the group in the first plan; empty if only the second has it
 * @param second the group in the second plan; empty if only the first has it
 * @param differences what differs between them; empty if nothing, or if one is missing
 */
public record GroupChange(Optional<ServingGroup> first, Optional<ServingGroup> second, List<Difference> differences) {
    /**
     * A property that differs, in words.
     *
     * @param property what: gpus, phase, parallelism, layers, batch, capacity or flow
     * @param first in the first plan
     * @param second in the second plan
     */
    public record Difference(String property, String first, String second) {}

    /** What became of the group on the way from the first to the second plan. */
    public enum Kind {
        /** In both plans, alike in every property. */
        SAME,
        /** In both plans, with differences. */
        CHANGED,
        /** In the first plan only. */
        REMOVED,
        /** In the second plan only. */
        ADDED
    }

    /** Copies the list. */
    public GroupChange {
        differences = List.copyOf(differences);
    }

    /** What became of the group. */
    public Kind kind() {
        if (first.isEmpty()) {
            return Kind.ADDED;
        }
        return second.isEmpty() ? Kind.REMOVED : differences.isEmpty() ? Kind.SAME : Kind.CHANGED;
    }
}
