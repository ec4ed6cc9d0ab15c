package org.partiflow.partitioning;

import org.partiflow.api.control.Budget;

/**
 * Steepest descent on what blocks weigh too much or too little, by moves and swaps; among equal ones the best gain. Stops
 * where no step helps. One step costs O(domains x blocks), with swaps O(domains^2 x blocks). Stateless.
 */
final class LimitRepair {
    private static final long MOST_SWAPS = 20_000_000;
    private static final int MAX_STEPS = 100_000;

    private final BlockState state;
    private final DomainGraph graph;
    private long bestViolation;
    private long bestGain;
    private int[] best = new int[0];

    private LimitRepair(BlockState state) {
        this.state = state;
        graph = state.graph;
    }

    /** Repairs {@code state} as far as single steps can; returns whether all limits are kept. */
    static boolean repair(BlockState state, Budget budget) {
        LimitRepair repair = new LimitRepair(state);
        for (int step = 0; step < MAX_STEPS && state.violation() > 0; step++) {
            if (!repair.step() || !budget.spend()) {
                break;
            }
        }
        return state.violation() == 0;
    }

    private boolean step() {
        bestViolation = state.violation();
        bestGain = Long.MIN_VALUE;
        best = new int[0];
        scan(false);
        long swaps = (long) graph.domains() * graph.domains() * state.blocks;
        if (best.length == 0 && swaps <= MOST_SWAPS) {
            scan(true);
        }
        if (best.length > 0) {
            state.move(best[0], best[1], best[2], best[3]);
        }
        if (best.length > 4) {
            state.move(best[4], best[2], best[1], best[5]);
        }
        return best.length > 0;
    }

    private void scan(boolean swaps) {
        for (int from = 0; from < state.blocks; from++) {
            for (int to = 0; to < state.blocks; to++) {
                if (from == to || !(state.isBroken(from) || state.isBroken(to))) {
                    continue;
                }
                for (int d = 0; d < graph.domains(); d++) {
                    int all = state.count(d, from);
                    if (all > 0 && swaps) {
                        scanSwaps(d, from, to, all);
                    } else if (all > 0) {
                        offerMove(d, from, to, 1);
                        offerMove(d, from, to, all);
                    }
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

    private void scanSwaps(int d, int from, int to, int all) {
        long weight = graph.vertexWeight(d);
        for (int e = 0; e < graph.domains(); e++) {
            int partners = state.count(e, to);
            if (partners == 0 || e == d) {
                continue;
            }
            for (int number = 1; number <= all; number++) {
                for (int back = 1; back <= partners; back++) {
                    long violation =
                            state.violationAfter(from, to, number * weight - back * graph.vertexWeight(e));
                    if (violation < bestViolation) {
                        long gain = state.gain(d, from, to, number) + state.gain(e, to, from, back);
                        offer(violation, gain, d, from, to, number, e, back);
                    }
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
