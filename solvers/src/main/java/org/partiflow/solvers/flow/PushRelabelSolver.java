package org.partiflow.solvers.flow;

import org.partiflow.api.flow.FlowNetwork;
import org.partiflow.api.flow.MaxFlow;
import org.partiflow.api.spi.MaxFlowSolver;

/**
 * Max flow by highest-label push-relabel in plain Java (Goldberg and Tarjan 1988, doi:10.1145/48014.61051; Cherkassky and
 * Goldberg 1997, doi:10.1007/PL00009180). Exact in integers for every {@link FlowNetwork} whose capacities out of the
 * source sum up to at most {@link Long#MAX_VALUE}. The cut it reports has the smallest sink side.
 *
 * <p>Networks of the shape source, left, right, sink, with or without split groups, are solved on dense arrays by
 * {@link BipartiteFlow} instead, with the same value and cut.
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
        if (flow == null) {
            flow = SplitGroups.solve(network);
        }
        return flow != null ? flow : PushRelabel.solve(network);
    }
}
