package org.partiflow.partitioning.phase;

import java.util.stream.IntStream;
import org.partiflow.api.graph.PhasePartitionRequest;
import org.partiflow.api.graph.PhasePartitionResult;
import org.partiflow.api.spi.PhasePartitioner;
import org.partiflow.partitioning.LabelledRandom;

/**
 * A random order of the groups, cut at the best place: the floor of comparisons. O(groups squared). Stateless and
 * thread-safe.
 */
public final class RandomPhasePartitioner implements PhasePartitioner {
    /** Makes one; found by {@link java.util.ServiceLoader} as {@code random}. */
    public RandomPhasePartitioner() {}

    @Override
    public String name() {
        return "random";
    }

    @Override
    public String description() {
        return "groups in random order, cut at the best place";
    }

    @Override
    public PhasePartitionResult partition(PhasePartitionRequest request) {
        PhaseState state = PhaseSolving.state(request);
        int[] order = IntStream.range(0, state.size).toArray();
        LabelledRandom.shuffle(order, LabelledRandom.of(request.seed(), "phase-random"));
        PhaseSolving.cutBest(state, order, true);
        return PhaseSolving.report(state, request, false);
    }
}
