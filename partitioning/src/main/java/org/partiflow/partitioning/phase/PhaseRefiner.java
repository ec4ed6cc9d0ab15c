package org.partiflow.partitioning.phase;

import org.partiflow.api.control.Budget;

/**
 * Descent by flips of one group and exchanges of two: each group in turn makes its best improving move, until a whole
 * round improves nothing. Never worsens its start. O(groups squared) by round; one evaluation of the budget is one group
 * in one round. Not thread-safe.
 */
final class PhaseRefiner {
    private PhaseRefiner() {}

    static void refine(PhaseState state, Budget budget) {
        boolean improved = true;
        while (improved) {
            improved = false;
            for (int group = 0; group < state.size; group++) {
                if (!budget.spend()) {
                    return;
                }
                improved |= moveBest(state, group);
            }
        }
    }

    private static boolean moveBest(PhaseState state, int group) {
        PhaseState.Score best = state.score();
        int partner = -1;
        if (state.flipBeats(group, best)) {
            partner = group;
            state.flip(group);
            best = state.score();
            state.flip(group);
        }
        for (int other = 0; other < state.size; other++) {
            if (state.prefills(other) != state.prefills(group) && state.swapBeats(group, other, best)) {
                partner = other;
                state.flip(group);
                state.flip(other);
                best = state.score();
                state.flip(other);
                state.flip(group);
            }
        }
        if (partner < 0) {
            return false;
        }
        state.flip(group);
        if (partner != group) {
            state.flip(partner);
        }
        return true;
    }
}
