package org.partiflow.solvers.bound;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
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

    private final PatternTable table;
    private final List<Relaxation> relaxations;
    private final PackingItems items;
    private final double target;
    private final int dimensions;
    /** Completions of each state, those of one side by side in the order of the relaxations. */
    private final double[] completions;

    /** Labels of each state that has some and is not settled, and of the state without GPUs. */
    private final @Nullable LabelFront[] fronts;

    private int[] parent = new int[FIRST_CAPACITY];
    private int[] item = new int[FIRST_CAPACITY];
    private int size;
    private final double[] trial;
    private int lastPruner;
    private long work;

    PackingLabels(PatternTable table, List<Relaxation> relaxations, PackingItems items, double target) {
        this.table = table;
        this.relaxations = relaxations;
        this.items = items;
        this.target = target;
        dimensions = relaxations.size();
        trial = new double[dimensions];
        completions = new double[table.size() * dimensions];
        for (int v = 0; v < table.size(); v++) {
            for (int m = 0; m < dimensions; m++) {
                completions[v * dimensions + m] = relaxations.get(m).completion(v);
            }
        }
        fronts = new LabelFront[table.size()];
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
            LabelFront front = fronts[v];
            if (front == null) {
                continue;
            }
            fronts[v] = null;
            int node = table.firstNode(v);
            int[] fitting = fitting(node, v);
            for (int index : kept(front, v, width)) {
                work += 1 + fitting.length;
                if (work > mostWork) {
                    return OptionalLong.empty();
                }
                for (int candidate : fitting) {
                    extend(front, index, candidate, v - items.pattern(candidate));
                }
                skip(front, index, v - table.unit(node));
            }
        }
        return OptionalLong.of(work);
    }

    /** Items of a node that a state has the GPUs for. */
    private int[] fitting(int node, int state) {
        int[] candidates = items.of(node);
        int[] fitting = new int[candidates.length];
        int count = 0;
        for (int candidate : candidates) {
            if (table.isWithin(items.pattern(candidate), state)) {
                fitting[count++] = candidate;
            }
        }
        return Arrays.copyOf(fitting, count);
    }

    /** Packings of the labels that are left, those that exceed the target by most first. */
    List<Packing> survivors(int most) {
        LabelFront left = fronts[0];
        return left == null
                ? List.of()
                : Arrays.stream(best(left, 0, most))
                        .mapToObj(index -> packing(left.label(index)))
                        .toList();
    }

    /** Places of the labels that are extended: all, the newest first, or those that may come to most. */
    private int[] kept(LabelFront front, int state, int most) {
        return front.size() > most
                ? best(front, state, most)
                : IntStream.iterate(front.size() - 1, index -> index >= 0, index -> index - 1)
                        .toArray();
    }

    private int[] best(LabelFront front, int state, int most) {
        return IntStream.range(0, front.size())
                .boxed()
                .sorted(Comparator.comparingDouble(index -> -least(front, index, state)))
                .limit(most)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private double least(LabelFront front, int index, int state) {
        double least = Double.POSITIVE_INFINITY;
        for (int m = 0; m < dimensions; m++) {
            least = Math.min(least, front.weight(index, m) + completions[state * dimensions + m]);
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

    private void extend(LabelFront front, int index, int candidate, int state) {
        double[] weights = items.weights();
        int weight = candidate * dimensions;
        int completion = state * dimensions;
        if (front.weight(index, lastPruner) + weights[weight + lastPruner] + completions[completion + lastPruner]
                <= target) {
            return;
        }
        for (int m = 0; m < dimensions; m++) {
            double sum = front.weight(index, m) + weights[weight + m];
            trial[m] = sum;
            if (sum + completions[completion + m] <= target) {
                lastPruner = m;
                return;
            }
        }
        add(state, front.label(index), candidate);
    }

    private void skip(LabelFront front, int index, int state) {
        for (int m = 0; m < dimensions; m++) {
            trial[m] = front.weight(index, m);
            if (trial[m] + completions[state * dimensions + m] <= target) {
                return;
            }
        }
        // A skipped GPU is no group: the label's own parent and item do.
        int label = front.label(index);
        add(state, parent[label], item[label]);
    }

    /** Adds the trial to a state unless it is dominated. */
    private void add(int state, int from, int by) {
        LabelFront front = fronts[state];
        if (front == null) {
            front = new LabelFront(dimensions);
            fronts[state] = front;
        }
        int compared = front.offer(size, trial);
        work += compared < 0 ? ~compared : compared;
        if (compared < 0) {
            return;
        }
        if (size == parent.length) {
            parent = Arrays.copyOf(parent, 2 * size);
            item = Arrays.copyOf(item, 2 * size);
        }
        parent[size] = from;
        item[size++] = by;
    }
}
