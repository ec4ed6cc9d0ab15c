package org.partiflow.partitioning;

import java.util.Arrays;
import org.partiflow.api.control.Budget;

/**
 * Steepest descent on what blocks weigh too much or too little, by moves and swaps; among equal ones the best gain. The
 * block that breaks its limits most comes first; blocks that no move helps wait until others have changed, and swaps are
 * looked at only where no block can be helped by a move. Stops where no step helps. A step costs O(domains in the block x
 * blocks) for a block that weighs too much, O(occupied entries) for one that weighs too little, with swaps O(domains in the
 * block x occupied entries). Not thread-safe.
 */
final class LimitRepair {
    private static final long MOST_SWAPS = 100_000_000;
    private static final int MAX_STEPS = 100_000;

    private final BlockState state;
    private final DomainGraph graph;
    private final Occupants occupants;
    private final boolean[] stuck;
    private final boolean[] swapStuck;
    private long swaps;
    private long bestViolation;
    private long bestGain;
    private int[] best = new int[0];

    private LimitRepair(BlockState state) {
        this.state = state;
        graph = state.graph;
        occupants = new Occupants(state);
        stuck = new boolean[state.blocks];
        swapStuck = new boolean[state.blocks];
    }

    /** Repairs {@code state} as far as single steps can; returns whether all limits are kept. */
    static boolean repair(BlockState state, Budget budget) {
        if (state.violation() > 0) {
            new LimitRepair(state).run(budget);
        }
        return state.violation() == 0;
    }

    private void run(Budget budget) {
        boolean helped = false;
        for (int step = 0; step < MAX_STEPS && state.violation() > 0 && budget.spend(); step++) {
            if (help(stuck, false) || help(swapStuck, true)) {
                helped = true;
            } else if (helped) {
                Arrays.fill(stuck, false);
                Arrays.fill(swapStuck, false);
                helped = false;
            } else {
                return;
            }
        }
    }

    /** The best move or swap for the most broken block that one helps; what none helps is marked. */
    private boolean help(boolean[] waiting, boolean bySwap) {
        for (int block = mostBroken(waiting); block >= 0 && swaps < MOST_SWAPS; block = mostBroken(waiting)) {
            bestViolation = state.violation();
            bestGain = Long.MIN_VALUE;
            best = new int[0];
            if (bySwap) {
                scanSwaps(block);
            } else {
                scanMoves(block);
            }
            if (take()) {
                return true;
            }
            waiting[block] = true;
        }
        return false;
    }

    private int mostBroken(boolean[] waiting) {
        int worst = -1;
        for (int b = 0; b < state.blocks; b++) {
            if (!waiting[b] && state.isBroken(b) && (worst < 0 || state.deficitOf(b) > state.deficitOf(worst))) {
                worst = b;
            }
        }
        return worst;
    }

    private boolean take() {
        if (best.length > 0) {
            occupants.move(best[0], best[1], best[2], best[3]);
        }
        if (best.length > 4) {
            occupants.move(best[4], best[2], best[1], best[5]);
        }
        return best.length > 0;
    }

    /** Looks at moves out of a block that weighs too much, or into one that weighs too little. */
    private void scanMoves(int block) {
        boolean out = state.weight(block) > state.most();
        for (int other = 0; other < state.blocks; other++) {
            if (other == block) {
                continue;
            }
            int from = out ? block : other;
            int to = out ? other : block;
            for (int i = 0; i < occupants.size(from); i++) {
                int d = occupants.domain(from, i);
                int all = state.count(d, from);
                offerMove(d, from, to, 1);
                if (all > 1) {
                    offerMove(d, from, to, all);
                }
            }
        }
    }

    private void offerMove(int d, int from, int to, int number) {
        long violation = state.violationAfter(from, to, number * graph.vertexWeight(d));
        if (violation < bestViolation || (violation == bestViolation && best.length > 0)) {
            offer(violation, state.gain(d, from, to, number), d, from, to, number);
        }
    }

    private void scanSwaps(int block) {
        for (int other = 0; other < state.blocks; other++) {
            for (int i = 0; i < occupants.size(block) && other != block; i++) {
                for (int j = 0; j < occupants.size(other); j++) {
                    if (occupants.domain(block, i) != occupants.domain(other, j)) {
                        offerSwaps(occupants.domain(block, i), block, other, occupants.domain(other, j));
                    }
                }
            }
        }
    }

    private void offerSwaps(int d, int from, int to, int e) {
        int all = state.count(d, from);
        int partners = state.count(e, to);
        swaps += (long) all * partners;
        for (int number = 1; number <= all; number++) {
            for (int back = 1; back <= partners; back++) {
                long shifted = number * graph.vertexWeight(d) - back * graph.vertexWeight(e);
                long violation = state.violationAfter(from, to, shifted);
                if (violation < bestViolation) {
                    long gain = state.gain(d, from, to, number) + state.gain(e, to, from, back);
                    offer(violation, gain, d, from, to, number, e, back);
                }
            }
        }
    }

    private void offer(long violation, long gain, int... step) {
        if (violation < bestViolation || gain > bestGain) {
            bestViolation = violation;
            bestGain = gain;
            best = step;
        }
    }
}
