package org.partiflow.solvers.flow;

import org.partiflow.api.flow.FlowNetwork;
import org.partiflow.api.flow.MaxFlow;
import org.partiflow.api.spi.MaxFlowSolver;

/**
 * Max flow by highest-label push-relabel in plain Java (Goldberg and Tarjan 1988, doi:10.1145/48014.61051; Cherkassky and
 * Goldberg 1997, doi:10.1007/PL00009180). Exact in integers for every {@link FlowNetwork} with up to 2^24 arcs. The cut
 * it reports has the smallest sink side.
 *
 * <p>Time O(vertices^2 sqrt(arcs)), memory O(vertices + arcs) per call. Stateless and thread-safe; same network, same
 * result.
 */
public final class PushRelabelSolver implements MaxFlowSolver {
    /** For {@link java.util.ServiceLoader}. */
    public PushRelabelSolver() {}

    @Override
    public String name() {
        return "push-relabel";
    }

    @Override
    public String description() {
        return "Highest-label push-relabel on primitive arrays; exact, no dependencies.";
    }

    @Override
    public MaxFlow solve(FlowNetwork network) {
        MaxFlow flow = ThreeLayers.solve(network);
        return flow != null ? flow : PushRelabel.solve(network);
    }
}
