package org.partiflow.api.spi;

import org.partiflow.api.flow.FlowNetwork;
import org.partiflow.api.flow.MaxFlow;

/** Computes maximum flows. Implementations hold no per-call state and are thread-safe. */
public interface MaxFlowSolver extends Strategy {
    /** Largest sum of capacities for which the result is exact; callers scale their units to stay below. */
    default long maxTotalCapacity() {
        return Long.MAX_VALUE / 2;
    }

    /** A maximum flow and a minimum cut of {@code network}; exact in integers. */
    MaxFlow solve(FlowNetwork network);
}
