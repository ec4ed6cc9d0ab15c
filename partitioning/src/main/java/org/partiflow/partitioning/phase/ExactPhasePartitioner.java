package org.partiflow.partitioning.phase;

import org.partiflow.api.control.Budget;
import org.partiflow.api.graph.PhasePartitionRequest;
import org.partiflow.api.graph.PhasePartitionResult;
import org.partiflow.api.spi.PhasePartitioner;

/**
 * Weighs every assignment: proves optimum or infeasibility for up to {@value GrayEnumeration#MOST_GROUPS} groups.
 * Larger requests are not found. O(2^groups groups) time; one evaluation of the control is
 * one assignment. Where a limit stops it, the answer is not proven. Stateless and thread-safe.
 */
public final class ExactPhasePartitioner implements PhasePartitioner {
    /** Makes one; found by {@link java.util.ServiceLoader} as {@code exact}. */
    public ExactPhasePartitioner() {}

    @Override
    public String name() {
        return "exact";
    }

    @Override
    public String description() {
        return "every assignment of up to " + GrayEnumeration.MOST_GROUPS + " groups; proves its answer";
    }

    @Override
    public PhasePartitionResult partition(PhasePartitionRequest request) {
        if (request.graph().size() > GrayEnumeration.MOST_GROUPS) {
            return new PhasePartitionResult.NotFound("exact weighs the assignments of at most "
                    + GrayEnumeration.MOST_GROUPS + " groups, got "
                    + request.graph().size() + "; use ilp or multilevel");
        }
        Budget budget = request.control().start();
        PhaseState state = PhaseSolving.state(request);
        PhaseSolving.cutByAdvantage(state, request);
        boolean exhausted = GrayEnumeration.run(state, budget);
        return PhaseSolving.report(state, request, exhausted);
    }
}
