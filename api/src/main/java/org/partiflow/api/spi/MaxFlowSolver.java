package org.partiflow.api.spi;

import org.partiflow.api.flow.FlowNetwork;
import org.partiflow.api.flow.MaxFlow;

/** Computes maximum flows. Implementations hold no per-call state and are thread-safe. */
public interface MaxFlowSolver extends Strategy {
    /** A maximum flow and a minimum cut of {@code network}; exact in integers. */
    MaxFlow solve(FlowNetwork network);
}
