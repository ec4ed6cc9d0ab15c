package org.partiflow.partitioning.phase;

import org.partiflow.api.graph.PhasePartitionRequest;
import org.partiflow.api.graph.PhasePartitionResult;
import org.partiflow.api.spi.PhasePartitioner;

/**
 * Sorts the groups by how much better they prefill than decode and keeps the best of all places to cut: nearly the
 * greatest supply, bandwidth only by chance. O(groups squared). Stateless and thread-safe; control and seed do not matter.
 */
public final class GreedyPhasePartitioner implements PhasePartitioner {
    /** Makes one; found by {@link java.util.ServiceLoader} as {@code greedy}. */
    public GreedyPhasePartitioner() {}

    @Override
    public String name() {
        return "greedy";
    }

    @Override
    public String description() {
        return "groups by prefill advantage, cut at the best place";
    }

    @Override
    public PhasePartitionResult partition(PhasePartitionRequest request) {
        PhaseState state = PhaseSolving.state(request);
        PhaseSolving.cutByAdvantage(state, request);
        return PhaseSolving.report(state, request, false);
    }
}
