package org.partiflow.partitioning;

import java.util.Optional;
import org.partiflow.api.check.PartitionChecker;
import org.partiflow.api.control.Budget;
import org.partiflow.api.graph.Partition;
import org.partiflow.api.graph.PartitionRequest;
import org.partiflow.api.graph.PartitionResult;

/** What all partitioners share: proving infeasibility, mending broken limits, and reporting. Stateless. */
final class FeasibleStart {
    /** Most entries of the table of domains by blocks. */
    static final long MAX_TABLE = 1L << 25;

    private FeasibleStart() {}

    /** The result of a request that needs no search: one that is infeasible on its face, or too large. */
    static Optional<PartitionResult> decideEarly(DomainGraph graph, PartitionRequest request) {
        Optional<String> proof = BlockWeightSearch.proveInfeasible(graph, request);
        if (proof.isPresent()) {
            return Optional.of(
                    infeasible(proof.get(), graph, request, request.control().start()));
        }
        long table = (long) graph.domains() * request.blocks();
        if (table > MAX_TABLE) {
            return Optional.of(new PartitionResult.NotFound(graph.domains() + " domains times " + request.blocks()
                    + " blocks exceed the table of " + MAX_TABLE + " entries; ask for fewer blocks"));
        }
        return Optional.empty();
    }

    /**
     * Mends the limits of a complete state: by steps, then by exhaustive search over block weights.
     *
     * @return why they cannot be kept, or were not; empty if they are kept now
     */
    static Optional<PartitionResult> mend(BlockState state, PartitionRequest request, Budget budget) {
        if (LimitRepair.repair(state, budget)) {
            return Optional.empty();
        }
        BlockWeightSearch.Outcome outcome = BlockWeightSearch.search(state.graph, request);
        if (outcome.proven()) {
            String reason = "no " + request.blocks() + " blocks of whole vertices weigh between "
                    + Math.max(1, request.minBlockWeight()) + " and " + request.maxBlockWeight()
                    + " (all cases examined); raise the imbalance or ask for fewer blocks";
            return Optional.of(infeasible(reason, state.graph, request, budget));
        }
        if (outcome.witness().isEmpty()) {
            return Optional.of(new PartitionResult.NotFound("block weights still miss the limits by "
                    + state.violation() + " in total; raise the imbalance or ask for fewer blocks"));
        }
        realise(state, outcome.witness().get());
        return Optional.empty();
    }

    /** A proven infeasibility and the nearest feasible answer. */
    static PartitionResult infeasible(String reason, DomainGraph graph, PartitionRequest request, Budget budget) {
        return new PartitionResult.Infeasible(reason, SmallestImbalance.of(graph, request, budget));
    }

    /** The result of a finished state, verified by the public checker. */
    static PartitionResult report(BlockState state, PartitionRequest request) {
        Partition partition = state.toPartition();
        var violations = PartitionChecker.violations(request, partition);
        return violations.isEmpty()
                ? new PartitionResult.Found(partition)
                : new PartitionResult.NotFound("the best partition found breaks a limit: " + violations.get(0));
    }

    /** Rebuilds the state with the block weights of a witness, following the strongest links. */
    static void realise(BlockState state, BlockWeightSearch.Witness witness) {
        DomainGraph graph = state.graph;
        state.reset(new int[graph.domains() * state.blocks]);
        int[] left = new int[graph.domains()];
        for (int d = 0; d < left.length; d++) {
            left[d] = graph.size(d);
        }
        for (int block = 0; block < state.blocks; block++) {
            for (int t = 0; t < witness.weights().length; t++) {
                int needed = witness.taken()[block][t];
                while (needed > 0) {
                    int domain = strongest(state, left, block, witness.weights()[t]);
                    int number = Math.min(needed, left[domain]);
                    state.place(domain, block, number);
                    left[domain] -= number;
                    needed -= number;
                }
            }
        }
        state.measure();
    }

    private static int strongest(BlockState state, int[] left, int block, long weight) {
        int best = -1;
        for (int d = 0; d < left.length; d++) {
            boolean fits = left[d] > 0 && state.graph.vertexWeight(d) == weight;
            if (fits && (best < 0 || state.connection(d, block) > state.connection(best, block))) {
                best = d;
            }
        }
        return best;
    }
}
