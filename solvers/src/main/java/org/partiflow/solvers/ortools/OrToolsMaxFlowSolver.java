package org.partiflow.solvers.ortools;

import com.google.ortools.graph.MaxFlow;
import java.util.Optional;
import org.partiflow.api.flow.FlowNetwork;
import org.partiflow.api.spi.BackendUnavailableException;
import org.partiflow.api.spi.MaxFlowSolver;
import org.partiflow.solvers.flow.CertifiedFlow;

/**
 * Max flow by OR-Tools through its native library. Exact in integers; networks on which OR-Tools reports a possible
 * overflow are refused. Every result is certified before it is returned. Time O(vertices^2 sqrt(arcs)) plus about 22 ns
 * per arc for the native calls; the first use loads the library (see {@link OrToolsLoader}). Stateless and thread-safe.
 */
public final class OrToolsMaxFlowSolver implements MaxFlowSolver {
    /** For {@link java.util.ServiceLoader}. */
    public OrToolsMaxFlowSolver() {}

    @Override
    public String name() {
        return "ortools";
    }

    @Override
    public String description() {
        return "OR-Tools push-relabel through its native library; exact in integers.";
    }

    @Override
    public Optional<String> unavailable() {
        return OrToolsLoader.unavailable();
    }

    /**
     * {@inheritDoc}
     *
     * @throws BackendUnavailableException if the native library does not load
     * @throws IllegalArgumentException if OR-Tools cannot rule out an overflow
     */
    @Override
    public org.partiflow.api.flow.MaxFlow solve(FlowNetwork network) {
        unavailable().ifPresent(reason -> {
            throw new BackendUnavailableException("'" + name() + "' is not available: " + reason);
        });
        MaxFlow solver = new MaxFlow();
        try {
            return CertifiedFlow.of(name(), network, arcFlow(network, solver));
        } finally {
            solver.delete();
        }
    }

    private long[] arcFlow(FlowNetwork network, MaxFlow solver) {
        int[] number = new int[network.arcs()];
        boolean leaves = false;
        boolean arrives = false;
        for (int arc = 0; arc < number.length; arc++) {
            number[arc] = -1;
            if (CertifiedFlow.isUseful(network, arc)) {
                number[arc] = solver.addArcWithCapacity(network.from(arc), network.to(arc), network.capacity(arc));
                leaves |= network.from(arc) == network.source();
                arrives |= network.to(arc) == network.sink();
            }
        }
        long[] flow = new long[number.length];
        if (leaves && arrives) {
            requireOptimal(solver.solve(network.source(), network.sink()));
            for (int arc = 0; arc < number.length; arc++) {
                flow[arc] = number[arc] < 0 ? 0 : solver.getFlow(number[arc]);
            }
        }
        return flow;
    }

    private void requireOptimal(MaxFlow.Status status) {
        if (status == MaxFlow.Status.POSSIBLE_OVERFLOW) {
            throw new IllegalArgumentException("max flow backend '" + name() + "' cannot rule out an overflow on this"
                    + " network; use 'push-relabel' or a coarser capacity scale");
        }
        if (status != MaxFlow.Status.OPTIMAL) {
            throw new IllegalStateException("max flow backend '" + name() + "' ended with status " + status);
        }
    }
}
