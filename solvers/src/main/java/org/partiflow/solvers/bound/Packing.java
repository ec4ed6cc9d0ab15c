package org.partiflow.solvers.bound;

import java.util.ArrayList;
import java.util.List;
import org.partiflow.api.plan.Phase;

/**
 * Disjoint patterns with phases.
 *
 * @param patterns numbers of the patterns
 * @param phases phase of each
 */
record Packing(List<Integer> patterns, List<Phase> phases) {
    Packing {
        patterns = List.copyOf(patterns);
        phases = List.copyOf(phases);
    }

    int size() {
        return patterns.size();
    }

    List<UpperBound.Suggestion> groups(PatternTable table) {
        List<UpperBound.Suggestion> groups = new ArrayList<>();
        for (int i = 0; i < size(); i++) {
            groups.add(new UpperBound.Suggestion(table.set(patterns.get(i)), phases.get(i)));
        }
        return groups;
    }
}
