package org.partiflow.solvers.placement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.partiflow.api.plan.Phase;

/**
 * All ways to cut the GPUs of a few nodes into groups: the rates of every useful pattern, and the heaviest packing of
 * patterns for a price of prefill. States and patterns are numbers in the mixed radix of the nodes' free GPUs; their digits
 * are also packed into a word with guard bits, so that comparing all digits at once takes one subtraction. Not thread-safe.
 */
final class Cell {
    /** Most nodes of a cell: digits of six bits in a word. */
    static final int MOST_NODES = 10;

    /** Most GPUs of a node that its digit can hold. */
    static final int MOST_GPUS_OF_A_NODE = 31;

    private static final int DIGIT_BITS = 6;

    /**
     * A group of a packing.
     *
     * @param counts GPUs taken of each node
     * @param phase what it does
     */
    @SuppressWarnings("ArrayRecordComponent") // never written to
    record Piece(int[] counts, Phase phase) {}

    private final int[] radix;
    private final int[] unit;
    private final int states;
    private final long guards;
    private final long[] wordOf;
    private final int[] firstNode;
    private final List<List<Pattern>> byFirstNode = new ArrayList<>();
    private final double[] best;
    private final int[] choice;
    private final List<Pattern> patterns = new ArrayList<>();

    private static final class Pattern {
        final int number;
        final long word;
        final double[] rates;
        int index;
        double weight;
        Phase phase = Phase.COLOCATED;

        Pattern(int number, long word, double[] rates) {
            this.number = number;
            this.word = word;
            this.rates = rates;
        }
    }

    /** Rates of a pattern by phase. */
    @FunctionalInterface
    interface Rates {
        /** Requests per second by phase ordinal of a group with so many GPUs of each node. */
        double[] of(int[] counts);
    }

    /** Number of states of a cell with these free GPUs per node: what its size is limited by. */
    static long states(int[] free) {
        long product = 1;
        for (int count : free) {
            product *= count + 1L;
        }
        return product;
    }

    Cell(int[] free, Rates rates) {
        int nodes = free.length;
        radix = new int[nodes];
        unit = new int[nodes];
        int product = 1;
        long guardBits = 0;
        for (int n = 0; n < nodes; n++) {
            radix[n] = free[n] + 1;
            unit[n] = product;
            product *= radix[n];
            guardBits |= 1L << (DIGIT_BITS * n + DIGIT_BITS - 1);
            byFirstNode.add(new ArrayList<>());
        }
        states = product;
        guards = guardBits;
        wordOf = new long[states];
        firstNode = new int[states];
        best = new double[states];
        choice = new int[states];
        enumerate(rates);
    }

    private void enumerate(Rates rates) {
        double[][] all = new double[states][];
        all[0] = new double[Phase.values().length];
        for (int state = 1; state < states; state++) {
            int[] counts = counts(state);
            long word = 0;
            int first = -1;
            for (int n = 0; n < counts.length; n++) {
                word |= (long) counts[n] << (DIGIT_BITS * n);
                first = first < 0 && counts[n] > 0 ? n : first;
            }
            wordOf[state] = word;
            firstNode[state] = first;
            all[state] = rates.of(counts);
            if (isUseful(state, counts, all)) {
                Pattern pattern = new Pattern(state, word, all[state]);
                pattern.index = patterns.size();
                patterns.add(pattern);
                byFirstNode.get(first).add(pattern);
            }
        }
    }

    /** Whether the pattern serves, and better than with one GPU less of some node. */
    private boolean isUseful(int state, int[] counts, double[][] all) {
        if (Arrays.stream(all[state]).allMatch(rate -> rate <= 0)) {
            return false;
        }
        for (int n = 0; n < counts.length; n++) {
            if (counts[n] > 0) {
                double[] fewer = all[state - unit[n]];
                boolean asGood = true;
                for (int phase = 0; phase < fewer.length; phase++) {
                    asGood &= fewer[phase] >= all[state][phase];
                }
                if (asGood) {
                    return false;
                }
            }
        }
        return true;
    }

    private int[] counts(int state) {
        int[] counts = new int[radix.length];
        int rest = state;
        for (int n = 0; n < counts.length; n++) {
            counts[n] = rest % radix[n];
            rest /= radix[n];
        }
        return counts;
    }

    /**
     * The heaviest packing where a request per second of prefill is worth {@code prefillPrice}, of decode the rest to 1, and
     * of both 1. O(states x useful patterns).
     *
     * @param prefillPrice in [0, 1]
     */
    List<Piece> pack(double prefillPrice, List<Phase> phases) {
        for (Pattern pattern : patterns) {
            pattern.weight = 0;
            for (Phase phase : phases) {
                double price = phase == Phase.PREFILL ? prefillPrice : phase == Phase.DECODE ? 1 - prefillPrice : 1;
                double weight = price * pattern.rates[phase.ordinal()];
                if (weight > pattern.weight) {
                    pattern.weight = weight;
                    pattern.phase = phase;
                }
            }
        }
        for (int state = 1; state < states; state++) {
            settle(state);
        }
        List<Piece> pieces = new ArrayList<>();
        for (int state = states - 1; state > 0; ) {
            if (choice[state] < 0) {
                state -= unit[firstNode[state]];
            } else {
                Pattern pattern = patterns.get(choice[state]);
                pieces.add(new Piece(counts(pattern.number), pattern.phase));
                state -= pattern.number;
            }
        }
        return pieces;
    }

    private void settle(int state) {
        int first = firstNode[state];
        double most = best[state - unit[first]];
        int chosen = -1;
        long open = wordOf[state] | guards;
        for (Pattern pattern : byFirstNode.get(first)) {
            if (((open - pattern.word) & guards) == guards) {
                double value = pattern.weight + best[state - pattern.number];
                if (value > most) {
                    most = value;
                    chosen = pattern.index;
                }
            }
        }
        best[state] = most;
        choice[state] = chosen;
    }
}
