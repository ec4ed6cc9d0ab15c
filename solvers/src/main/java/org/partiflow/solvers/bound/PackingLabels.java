package org.partiflow.solvers.bound;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import org.partiflow.api.plan.Phase;

/**
 * Label setting over packings: a label is a partial packing with its weight in every relaxation, at the state of the GPUs that
 * it leaves. States are settled from all GPUs down to none; groups are added in the order of their first nodes, so every
 * packing is met once. A label is dropped if some relaxation bounds every completion by the target, or if another one of
 * its state is nowhere lighter. So if no label is left in the end, no packing exceeds the target: along the way of one that
 * does there is always a label that no relaxation drops. Time is that of the work, times the number of relaxations. Not thread-safe.
 */
final class PackingLabels {
    private static final int FIRST_CAPACITY = 1_024;
    /** Labels of a state that a new one is compared with. */
    private static final int MOST_COMPARED = 200;

    private static final int DOMINATES = -1;
    private static final int NEITHER = -2;

    private final PatternTable table;
    private final List<Relaxation> relaxations;
    private final PackingItems items;
    private final double target;
    private final int dimensions;
    /** Completions of each state, those of one side by side in the order of the relaxations. */
    private final double[] completions;

    private final int[] head;
    private int[] next = new int[FIRST_CAPACITY];
    private int[] parent = new int[FIRST_CAPACITY];
    private int[] item = new int[FIRST_CAPACITY];
    private double[] sums;
    private int size;
    private double[] trial;
    private int lastPruner;
    private long work;

    PackingLabels(PatternTable table, List<Relaxation> relaxations, PackingItems items, double target) {
        this.table = table;
        this.relaxations = relaxations;
        this.items = items;
        this.target = target;
        dimensions = relaxations.size();
        sums = new double[FIRST_CAPACITY * dimensions];
        trial = new double[dimensions];
        completions = new double[table.size() * dimensions];
        for (int v = 0; v < table.size(); v++) {
            for (int m = 0; m < dimensions; m++) {
                completions[v * dimensions + m] = relaxations.get(m).completion(v);
            }
        }
        head = new int[table.size()];
        Arrays.fill(head, -1);
    }

    /**
     * Settles all states.
     *
     * @param rest the GPUs that may be used
     * @param mostWork most checks of a label with an item, and comparisons of two labels
     * @param width most labels of a state that are extended, those that may come to most: fewer than there are make a search that
     *     proves nothing
     * @return work done; empty if it did not suffice
     */
    OptionalLong settle(int rest, long mostWork, int width) {
        add(rest, -1, -1);
        for (int v = rest; v > 0; v--) {
            if (head[v] < 0) {
                continue;
            }
            int node = table.firstNode(v);
            int[] candidates = items.of(node);
            int[] fitting = new int[candidates.length];
            int count = 0;
            for (int candidate : candidates) {
                if (table.isWithin(items.pattern(candidate), v)) {
                    fitting[count++] = candidate;
                }
            }
            for (int label : labels(v, width)) {
                work += 1 + count;
                if (work > mostWork) {
                    return OptionalLong.empty();
                }
                for (int i = 0; i < count; i++) {
                    extend(label, fitting[i], v - items.pattern(fitting[i]));
                }
                skip(label, v - table.unit(node));
            }
        }
        return OptionalLong.of(work);
    }

    /** Packings of the labels that are left, those that exceed the target by most first. */
    List<Packing> survivors(int most) {
        return Arrays.stream(labels(0, most)).mapToObj(this::packing).toList();
    }

    /** Labels of a state; if there are more than {@code most}, those that may come to most, these first. */
    private int[] labels(int state, int most) {
        int count = 0;
        for (int label = head[state]; label >= 0; label = next[label]) {
            count++;
        }
        int[] all = new int[count];
        int at = 0;
        for (int label = head[state]; label >= 0; label = next[label]) {
            all[at++] = label;
        }
        return count <= most && state > 0
                ? all
                : Arrays.stream(all)
                        .boxed()
                        .sorted(Comparator.<Integer>comparingDouble(label -> -least(label, state))
                                .thenComparing(Comparator.naturalOrder()))
                        .limit(most)
                        .mapToInt(Integer::intValue)
                        .toArray();
    }

    private double least(int label, int state) {
        double least = Double.POSITIVE_INFINITY;
        for (int m = 0; m < dimensions; m++) {
            least = Math.min(least, sums[label * dimensions + m] + completions[state * dimensions + m]);
        }
        return least;
    }

    private Packing packing(int label) {
        List<Integer> patterns = new ArrayList<>();
        List<Phase> phases = new ArrayList<>();
        for (int at = label; at >= 0; at = parent[at]) {
            if (item[at] >= 0) {
                patterns.add(items.pattern(item[at]));
                phases.add(items.phase(item[at]));
            }
        }
        return new Packing(patterns, phases);
    }

    private void extend(int label, int candidate, int state) {
        double[] weights = items.weights();
        int own = label * dimensions;
        int weight = candidate * dimensions;
        int completion = state * dimensions;
        if (sums[own + lastPruner] + weights[weight + lastPruner] + completions[completion + lastPruner] <= target) {
            return;
        }
        for (int m = 0; m < dimensions; m++) {
            double sum = sums[own + m] + weights[weight + m];
            trial[m] = sum;
            if (sum + completions[completion + m] <= target) {
                lastPruner = m;
                return;
            }
        }
        add(state, label, candidate);
    }

    private void skip(int label, int state) {
        for (int m = 0; m < dimensions; m++) {
            trial[m] = sums[label * dimensions + m];
            if (trial[m] + completions[state * dimensions + m] <= target) {
                return;
            }
        }
        // A skipped GPU is no group: the label's own parent and item do.
        add(state, parent[label], item[label]);
    }

    /** Adds the trial to a state unless it is dominated; removes what it dominates. */
    private void add(int state, int from, int by) {
        int before = -1;
        int compared = 0;
        for (int other = head[state]; other >= 0 && compared < MOST_COMPARED; other = next[other]) {
            compared++;
            work++;
            int relation = compare(other * dimensions);
            if (relation >= 0) {
                return;
            }
            if (relation == DOMINATES) {
                unlink(state, before, other);
            } else {
                before = other;
            }
        }
        if (size == next.length) {
            grow();
        }
        System.arraycopy(trial, 0, sums, size * dimensions, dimensions);
        parent[size] = from;
        item[size] = by;
        next[size] = head[state];
        head[state] = size++;
    }

    /** At least 0: the other is nowhere lighter; {@link #DOMINATES}: the trial is. */
    private int compare(int other) {
        boolean lighter = false;
        boolean heavier = false;
        for (int m = 0; m < dimensions; m++) {
            lighter |= sums[other + m] < trial[m];
            heavier |= sums[other + m] > trial[m];
            if (lighter && heavier) {
                return NEITHER;
            }
        }
        return lighter ? DOMINATES : 0;
    }

    private void unlink(int state, int before, int label) {
        if (before < 0) {
            head[state] = next[label];
        } else {
            next[before] = next[label];
        }
    }

    private void grow() {
        int capacity = 2 * size;
        next = Arrays.copyOf(next, capacity);
        parent = Arrays.copyOf(parent, capacity);
        item = Arrays.copyOf(item, capacity);
        sums = Arrays.copyOf(sums, capacity * dimensions);
    }
}
