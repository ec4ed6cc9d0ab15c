package org.partiflow.partitioning;

import java.util.Optional;
import org.partiflow.api.control.Budget;
import org.partiflow.api.graph.PartitionRequest;
import org.partiflow.api.graph.PartitionResult;

/**
 * The smallest imbalance at which an infeasible request becomes feasible: bisection of the most that a block may weigh,
 * every step decided by exhaustive search over how many vertices of each weight a block takes ({@link BlockWeightSearch}).
 * Where a step runs out of nodes, the answer is a feasible imbalance that is not proven to be the smallest. O(log(weight /
 * greatest common divisor)) steps of at most some hundred thousand nodes. Stateless and thread-safe.
 */
public final class SmallestImbalance {
    private static final long REFINEMENT = 400_000;

    private SmallestImbalance() {}

    /**
     * The nearest feasible answer to a request whose limits cannot be kept.
     *
     * @param request proven to be infeasible
     * @return empty if no imbalance helps or none was found
     */
    public static Optional<PartitionResult.Nearest> of(PartitionRequest request) {
        return of(new DomainGraph(request.graph()), request, request.control().start());
    }

    static Optional<PartitionResult.Nearest> of(DomainGraph graph, PartitionRequest request, Budget budget) {
        int blocks = request.blocks();
        long least = request.minBlockWeight();
        long unit = commonDivisor(graph);
        long infeasible = request.maxBlockWeight() / unit * unit;
        Optional<BlockWeightSearch.Witness> any = anyWitness(graph, request);
        if (any.isEmpty()) {
            return Optional.empty();
        }
        BlockWeightSearch.Witness best = any.get();
        boolean proven = true;
        while (best.heaviest() - infeasible > unit) {
            long middle = infeasible + (best.heaviest() - infeasible) / unit / 2 * unit;
            BlockWeightSearch.Outcome outcome = BlockWeightSearch.search(graph, blocks, least, middle);
            if (outcome.witness().isPresent()) {
                best = outcome.witness().get();
            } else {
                infeasible = middle;
                proven &= outcome.proven();
            }
        }
        PartitionRequest relaxed = request.allowing(best.heaviest());
        BlockState state = new BlockState(graph, relaxed);
        FeasibleStart.realise(state, best);
        if (budget.mayGoOn()) {
            new KernighanLinRefiner(state).refine(budget, REFINEMENT);
        }
        return Optional.of(new PartitionResult.Nearest(relaxed.imbalance(), proven, state.toPartition()));
    }

    private static Optional<BlockWeightSearch.Witness> anyWitness(DomainGraph graph, PartitionRequest request) {
        BlockWeightSearch.Witness witness = BlockWeightSearch.longestFirst(graph, request.blocks());
        return witness.lightest() >= Math.max(1, request.minBlockWeight())
                ? Optional.of(witness)
                : BlockWeightSearch.search(
                                graph,
                                request.blocks(),
                                request.minBlockWeight(),
                                request.graph().totalWeight())
                        .witness();
    }

    private static long commonDivisor(DomainGraph graph) {
        long divisor = 0;
        for (int d = 0; d < graph.domains(); d++) {
            long a = graph.vertexWeight(d);
            while (a != 0) {
                long rest = divisor % a;
                divisor = a;
                a = rest;
            }
        }
        return divisor;
    }
}
