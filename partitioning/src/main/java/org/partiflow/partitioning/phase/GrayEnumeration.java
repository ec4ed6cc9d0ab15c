package org.partiflow.partitioning.phase;

import org.partiflow.api.control.Budget;

/**
 * Weighs all 2^n assignments in the order of the reflected Gray code, one flip apart; ties go to the first. O(2^n n).
 * Not thread-safe.
 */
final class GrayEnumeration {
    /** Most groups that are enumerated: 2^24 assignments. */
    static final int MOST_GROUPS = 24;

    private static final int FLIPS_BY_CHECK = 1024;

    private GrayEnumeration() {}

    /**
     * Leaves {@code state} at the best assignment, not worse than the one it has.
     *
     * @return whether all assignments were weighed; false if the budget ended first
     */
    static boolean run(PhaseState state, Budget budget) {
        boolean[] best = state.assignment();
        PhaseState.Score score = state.score();
        state.assign(new boolean[state.size]);
        boolean whole = budget.mayGoOn();
        for (int i = 1; i < 1 << state.size && whole; i++) {
            state.flip(Integer.numberOfTrailingZeros(i));
            if (state.betterThan(score)) {
                score = state.score();
                best = state.assignment();
            }
            whole = i % FLIPS_BY_CHECK != 0 || budget.spend(FLIPS_BY_CHECK);
        }
        state.assign(best);
        return whole;
    }
}
