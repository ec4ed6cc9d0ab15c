package org.partiflow.partitioning;

import java.util.Optional;
import org.partiflow.api.control.Budget;
import org.partiflow.api.graph.PartitionRequest;
import org.partiflow.api.graph.PartitionResult;
import org.partiflow.api.spi.Partitioner;

/**
 * Grows blocks one after the other: each starts in the heaviest domain left and takes the vertex with the strongest links
 * to it until it has its share of the remaining weight; limits are then mended. Ignores the seed.
 *
 * <p>O(domains x (blocks + placements)) time, O(domains x blocks) memory beside the edges. Stateless and thread-safe.
 * Graph growing as in Karypis and Kumar, 1998, doi:10.1137/S1064827595287997, section 3.2, without its restarts.
 */
public final class GreedyGrowthPartitioner implements Partitioner {
    /** Makes one; found by {@link java.util.ServiceLoader} as {@code greedy}. */
    public GreedyGrowthPartitioner() {}

    @Override
    public String name() {
        return "greedy";
    }

    @Override
    public String description() {
        return "grows blocks along the strongest links; milliseconds, no refinement";
    }

    @Override
    public PartitionResult partition(PartitionRequest request) {
        Budget budget = request.control().start();
        DomainGraph graph = new DomainGraph(request.graph());
        Optional<PartitionResult> early = FeasibleStart.decideEarly(graph, request);
        if (early.isPresent()) {
            return early.get();
        }
        BlockState state = new BlockState(graph, request);
        GreedyGrowth.fill(state);
        return FeasibleStart.mend(state, request, budget).orElseGet(() -> FeasibleStart.report(state, request));
    }
}
