package org.partiflow.partitioning.phase;

import org.partiflow.api.check.PhasePartitionChecker;
import org.partiflow.api.graph.PhaseMetrics;
import org.partiflow.api.graph.PhasePartitionRequest;
import org.partiflow.api.graph.PhasePartitionResult;
import org.partiflow.api.graph.PhasePartitionResult.Nearest;

/** What all phase partitioners share: starts and reporting. Stateless. */
final class PhaseSolving {
    private PhaseSolving() {}

    static PhaseState state(PhasePartitionRequest request) {
        return new PhaseState(request.graph(), request.leastSupply());
    }

    /**
     * Goes through a sequence of groups, the first ones on one side, and keeps the best of all proper cuts: O(groups
     * squared).
     */
    static void cutBest(PhaseState state, int[] order, boolean firstPrefill) {
        boolean[] assignment = new boolean[state.size];
        java.util.Arrays.fill(assignment, !firstPrefill);
        state.assign(assignment);
        PhaseState.Score best = null;
        int bestCut = 0;
        for (int cut = 1; cut < order.length; cut++) {
            state.flip(order[cut - 1]);
            if (best == null || state.betterThan(best)) {
                best = state.score();
                bestCut = cut;
            }
        }
        for (int i = 0; i < order.length; i++) {
            assignment[order[i]] = i < bestCut == firstPrefill;
        }
        state.assign(assignment);
    }

    /** The start that all share: groups by prefill advantage, cut at the best place. */
    static void cutByAdvantage(PhaseState state, PhasePartitionRequest request) {
        cutBest(state, request.graph().byPrefillAdvantage(), true);
    }

    /**
     * The result of a finished state, verified by the public checker.
     *
     * @param exhausted whether every assignment has been weighed
     */
    static PhasePartitionResult report(PhaseState state, PhasePartitionRequest request, boolean exhausted) {
        var partition = state.toPartition();
        var violations = PhasePartitionChecker.violations(request, partition);
        if (violations.isEmpty()) {
            return new PhasePartitionResult.Found(partition, exhausted);
        }
        long supply = PhaseMetrics.of(request.graph(), partition).supply();
        long divisible = request.graph().divisibleSupply();
        if (exhausted || request.leastSupply() > divisible) {
            String proof = exhausted
                    ? "the greatest supply of all assignments is " + supply
                    : "divisible groups would supply " + divisible;
            return new PhasePartitionResult.Infeasible(
                    "each side must supply " + request.leastSupply() + ", but " + proof + "; ask for less supply",
                    new Nearest(supply, exhausted || supply == divisible, partition));
        }
        return new PhasePartitionResult.NotFound("the best assignment found breaks a limit: " + violations.get(0));
    }
}
