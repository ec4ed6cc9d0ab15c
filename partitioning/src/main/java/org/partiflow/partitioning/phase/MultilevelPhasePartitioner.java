package org.partiflow.partitioning.phase;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.partiflow.api.control.Budget;
import org.partiflow.api.graph.PhaseGraph;
import org.partiflow.api.graph.PhasePartitionRequest;
import org.partiflow.api.graph.PhasePartitionResult;
import org.partiflow.api.spi.PhasePartitioner;
import org.partiflow.partitioning.LabelledRandom;

/**
 * Merges pairs of groups with the least bandwidth between them, relative to what both have, until at most {@value
 * #COARSE} super-groups are left; assigns those exactly; refines by flips and exchanges on the way back; then {@value
 * #KICKS} times flips some groups, refines, and keeps what is not worse. Starts from {@code spectral-kl} too. Up to
 * {@value #COARSE} groups it weighs everything, which proves its answer. O(groups squared) by level and round, O(groups^2
 * log groups) to merge. Stateless and thread-safe.
 */
public final class MultilevelPhasePartitioner implements PhasePartitioner {
    private static final int COARSE = 14;
    private static final int KICKS = 20;
    private static final int KICKED_SHARE = 8;

    /** Makes one; found by {@link java.util.ServiceLoader} as {@code multilevel}. */
    public MultilevelPhasePartitioner() {}

    @Override
    public String name() {
        return "multilevel";
    }

    @Override
    public String description() {
        return "merges groups with little bandwidth between, assigns exactly, refines on the way back";
    }

    @Override
    public PhasePartitionResult partition(PhasePartitionRequest request) {
        Budget budget = request.control().start();
        PhaseState state = PhaseSolving.state(request);
        PhaseSolving.cutByAdvantage(state, request);
        if (state.size <= COARSE) {
            return PhaseSolving.report(state, request, GrayEnumeration.run(state, budget));
        }
        SpectralPhasePartitioner.search(state, request, budget);
        boolean[] best = state.assignment();
        PhaseState.Score score = state.score();
        if (budget.mayGoOn()) {
            state.assign(descend(request.graph(), request.leastSupply(), budget));
            if (score.betterThan(state.score())) {
                state.assign(best);
            }
            kick(state, LabelledRandom.of(request.seed(), "phase-multilevel"), budget);
        }
        return PhaseSolving.report(state, request, false);
    }

    private static boolean[] descend(PhaseGraph graph, long least, Budget budget) {
        PhaseState state = new PhaseState(graph, least);
        PhaseSolving.cutBest(state, graph.byPrefillAdvantage(), true);
        if (graph.size() <= COARSE) {
            GrayEnumeration.run(state, budget);
            return state.assignment();
        }
        int[] map = PhaseCoarsening.pairs(graph);
        boolean[] coarse = descend(PhaseCoarsening.contract(graph, map), least, budget);
        boolean[] fine = new boolean[state.size];
        for (int g = 0; g < fine.length; g++) {
            fine[g] = coarse[map[g]];
        }
        state.assign(fine);
        PhaseRefiner.refine(state, budget);
        return state.assignment();
    }

    private static void kick(PhaseState state, SplittableRandom random, Budget budget) {
        int[] groups = IntStream.range(0, state.size).toArray();
        for (int i = 0; i < KICKS && budget.mayGoOn(); i++) {
            boolean[] before = state.assignment();
            PhaseState.Score score = state.score();
            LabelledRandom.shuffle(groups, random);
            for (int k = 0; k < 2 + state.size / KICKED_SHARE; k++) {
                state.flip(groups[k]);
            }
            PhaseRefiner.refine(state, budget);
            if (score.betterThan(state.score())) {
                state.assign(before);
            }
        }
    }
}
