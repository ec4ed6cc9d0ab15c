package org.partiflow.solvers.bound;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
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

    /** The same for packings of the same patterns in the same phases, in whatever order. */
    List<Integer> key() {
        List<Integer> key = new ArrayList<>();
        for (int i = 0; i < size(); i++) {
            key.add(Phase.values().length * patterns.get(i) + phases.get(i).ordinal());
        }
        Collections.sort(key);
        return key;
    }

    /** Whether no GPU is used twice. */
    boolean fits(PatternTable table) {
        int[] left = new int[table.nodes()];
        for (int n = 0; n < left.length; n++) {
            left[n] = table.radix(n) - 1;
        }
        for (int pattern : patterns) {
            int rest = pattern;
            for (int n = 0; n < left.length; n++) {
                left[n] -= rest % table.radix(n);
                rest /= table.radix(n);
            }
        }
        return Arrays.stream(left).allMatch(count -> count >= 0);
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
