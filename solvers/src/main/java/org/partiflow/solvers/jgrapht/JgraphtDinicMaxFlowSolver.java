package org.partiflow.solvers.jgrapht;

import org.jgrapht.alg.flow.DinicMFImpl;
import org.partiflow.api.flow.FlowNetwork;
import org.partiflow.api.flow.MaxFlow;
import org.partiflow.api.spi.MaxFlowSolver;

/**
 * Max flow by JGraphT's Dinic, for cross-checks; limits as {@link JgraphtMaxFlowSolver}. Time O(vertices^2 arcs), memory
 * O(vertices + arcs) objects per call. Stateless and thread-safe.
 */
public final class JgraphtDinicMaxFlowSolver implements MaxFlowSolver {
    /** The summed capacity of a network must be below this: 2^53. */
    public static final long CAPACITY_LIMIT = JgraphtFlow.CAPACITY_LIMIT;

    /** For {@link java.util.ServiceLoader}. */
    public JgraphtDinicMaxFlowSolver() {}

    @Override
    public String name() {
        return "jgrapht-dinic";
    }

    @Override
    public long maxTotalCapacity() {
        return CAPACITY_LIMIT - 1;
    }

    @Override
    public String description() {
        return "JGraphT Dinic; exact while the summed capacity is below 2^53.";
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if the summed capacity of the useful arcs is 2^53 or more
     */
    @Override
    public MaxFlow solve(FlowNetwork network) {
        return JgraphtFlow.solve(name(), network, DinicMFImpl::new);
    }
}
