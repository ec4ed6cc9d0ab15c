package org.partiflow.solvers.helix;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.partiflow.api.control.Budget;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.layers.LayerNetwork;
import org.partiflow.api.layers.LayerProblem;
import org.partiflow.api.layers.MachineType;

/**
 * Whether machines could cover every layer at a rate of {@code target} tokens/s, links and the chaining of ranges left
 * out. Where they cannot, no placement has a flow of {@code target}: all of it passes every layer.
 *
 * <p>Two tests. <b>Work</b>: a machine adds at most the greatest layers x min(rate, target) to the target x layers that
 * are needed in sum. <b>Cover</b>: a depth-first search from the first layer on. Take a cover whose starts are greatest in
 * sum: no machine can be moved one layer on, so without it the layer at its start lacks rate. Hence it is enough to start
 * machines at the first layer that lacks rate, while it does; machines of a type are alike; and a range is of no use where
 * a longer one of the same type has at least its rate (it may reach beyond the last layer). States that failed are kept.
 * Not thread-safe.
 */
final class CoverProof {
    /** What the search found out. */
    enum Answer {
        /** Every layer can be covered. */
        COVERED,
        /** No cover exists: proven. */
        IMPOSSIBLE,
        /** The limits ended the search. */
        UNKNOWN
    }

    /** What sums of doubles may be off by, relatively. */
    private static final double ROUNDING = 1e-12;

    private final LayerProblem problem;
    private final int layers;
    private final int types;
    private final int[] count;
    /** By type, the ranges worth trying: layers, and their rates. */
    private final int[][] lengths;

    /** Units as in {@link LayerNetwork}; the target is rounded down and rates are rounded up. */
    private final long target;

    private final double[] work;
    private final long mostStates;
    private final Budget budget;
    private final long[] cover;
    private final Set<State> failed = new HashSet<>();
    private long states;
    private boolean stopped;

    private CoverProof(LayerProblem problem, double target, long mostStates, Budget budget) {
        this.problem = problem;
        this.target = (long) Math.floor(target * LayerNetwork.UNITS_PER_TOKEN);
        this.mostStates = mostStates;
        this.budget = budget;
        layers = problem.layers();
        types = problem.types().size();
        count = new int[types];
        for (int m = 0; m < problem.machines(); m++) {
            count[problem.typeOf(m)]++;
        }
        lengths = new int[types][];
        work = new double[types];
        int longest = 0;
        for (int t = 0; t < types; t++) {
            MachineType type = problem.types().get(t);
            lengths[t] = useful(type);
            longest = Math.max(longest, type.maxLayers());
            for (int k = 1; k <= type.maxLayers(); k++) {
                work[t] = Math.max(work[t], (double) k * Math.min(units(type.rate(k)), this.target));
            }
        }
        cover = new long[layers + longest + 1];
    }

    /** Whether all layers can be covered at {@code target} tokens/s; visits at most {@code mostStates} states. */
    static Answer ask(LayerProblem problem, double target, long mostStates, Budget budget) {
        CoverProof proof = new CoverProof(problem, target, mostStates, budget);
        if (!proof.hasWork(0)) {
            return Answer.IMPOSSIBLE;
        }
        boolean covered = mostStates > 0 && proof.extend(0, 0);
        return covered ? Answer.COVERED : proof.stopped || mostStates == 0 ? Answer.UNKNOWN : Answer.IMPOSSIBLE;
    }

    /** The greatest flow that the work test allows, rounded up. */
    static double workBound(LayerProblem problem) {
        double low = 0;
        double high = 0;
        for (int m = 0; m < problem.machines(); m++) {
            double most = 0;
            for (int k = 1; k <= problem.type(m).maxLayers(); k++) {
                most = Math.max(most, problem.type(m).rate(k));
            }
            high += most;
        }
        Budget unlimited = SolveControl.unlimited().start();
        for (int halving = 0; halving < 60; halving++) {
            double middle = (low + high) / 2;
            if (ask(problem, middle, 0, unlimited) == Answer.IMPOSSIBLE) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    private static long units(double tokensPerSecond) {
        return (long) Math.ceil(tokensPerSecond * LayerNetwork.UNITS_PER_TOKEN);
    }

    private static int[] useful(MachineType type) {
        List<Integer> kept = new ArrayList<>();
        double best = 0;
        for (int k = type.maxLayers(); k >= 1; k--) {
            if (type.rate(k) > best) {
                best = type.rate(k);
                kept.add(k);
            }
        }
        return kept.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Whether cover so far and the work of unused machines could suffice from layer {@code from} on. */
    private boolean hasWork(int from) {
        double have = 0;
        for (int t = 0; t < types; t++) {
            have += count[t] * work[t];
        }
        for (int layer = from; layer < layers; layer++) {
            have += Math.min(target, cover[layer]);
        }
        return have >= (double) target * (layers - from) * (1 - ROUNDING);
    }

    /** Completes the cover from the first layer at or after {@code from} that lacks rate. */
    private boolean extend(int from, int firstChoice) {
        int layer = from;
        while (layer < layers && cover[layer] >= target) {
            layer++;
        }
        if (layer == layers) {
            return true;
        }
        int choice = layer == from ? firstChoice : 0;
        State state = State.of(layer, choice, count, cover);
        if (!hasWork(layer) || failed.contains(state)) {
            return false;
        }
        if (++states > mostStates || !budget.spend()) {
            stopped = true;
            return false;
        }
        if (start(layer, choice)) {
            return true;
        }
        if (!stopped) {
            failed.add(state);
        }
        return false;
    }

    /** Starts one more machine at {@code layer}; choices are ordered, so that sets are met once. */
    private boolean start(int layer, int firstChoice) {
        int choice = 0;
        for (int t = 0; t < types; t++) {
            for (int length : lengths[t]) {
                if (choice++ < firstChoice || count[t] == 0) {
                    continue;
                }
                add(t, length, layer, 1);
                boolean covered = extend(layer, choice - 1);
                add(t, length, layer, -1);
                if (covered || stopped) {
                    return covered;
                }
            }
        }
        return false;
    }

    private void add(int type, int length, int layer, int sign) {
        long rate = sign * units(problem.types().get(type).rate(length));
        count[type] -= sign;
        for (int at = layer; at < layer + length; at++) {
            cover[at] += rate;
        }
    }

    /** A point of the search: what is left and what covers the layers from here on. */
    @SuppressWarnings("ArrayRecordComponent") // compared by content below
    private record State(int layer, int choice, int[] count, long[] cover, int hash) {
        static State of(int layer, int choice, int[] count, long[] cover) {
            int last = layer;
            while (last < cover.length && cover[last] > 0) {
                last++;
            }
            long[] ahead = Arrays.copyOfRange(cover, layer, last);
            int hash = 31 * (31 * (31 * layer + choice) + Arrays.hashCode(count)) + Arrays.hashCode(ahead);
            return new State(layer, choice, count.clone(), ahead, hash);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof State that
                    && layer == that.layer
                    && choice == that.choice
                    && Arrays.equals(count, that.count)
                    && Arrays.equals(cover, that.cover);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }
}
