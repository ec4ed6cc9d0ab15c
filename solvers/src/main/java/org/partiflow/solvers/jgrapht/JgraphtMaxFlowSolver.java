package org.partiflow.solvers.jgrapht;

import org.jgrapht.alg.flow.PushRelabelMFImpl;
import org.partiflow.api.flow.FlowNetwork;
import org.partiflow.api.flow.MaxFlow;
import org.partiflow.api.spi.MaxFlowSolver;

/**
 * Max flow by JGraphT's push-relabel, for cross-checks. JGraphT computes in doubles, which hold integers below 2^53
 * exactly: networks whose summed capacity is not below that are refused. Every result is certified before it is returned.
 *
 * <p>Parallel arcs are merged for JGraphT and their flow is shared out again in arc order. Time O(vertices^3), memory
 * O(vertices + arcs) objects per call. Stateless and thread-safe.
 */
public final class JgraphtMaxFlowSolver implements MaxFlowSolver {
    /** The summed capacity of a network must be below this: 2^53. */
    public static final long CAPACITY_LIMIT = JgraphtFlow.CAPACITY_LIMIT;

    /** For {@link java.util.ServiceLoader}. */
    public JgraphtMaxFlowSolver() {}

    @Override
    public String name() {
        return "jgrapht";
    }

    @Override
    public long maxTotalCapacity() {
        return CAPACITY_LIMIT - 1;
    }

    @Override
    public String description() {
        return "JGraphT push-relabel; exact while the summed capacity is below 2^53.";
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if the summed capacity of the useful arcs is 2^53 or more
     */
    @Override
    public MaxFlow solve(FlowNetwork network) {
        return JgraphtFlow.solve(name(), network, PushRelabelMFImpl::new);
    }
}
