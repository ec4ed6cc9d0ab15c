package org.partiflow.solvers.flow;

import org.partiflow.api.spi.MaxFlowSolver;
import org.partiflow.testkit.MaxFlowSolverContract;

class PushRelabelSolverTest extends MaxFlowSolverContract {
    @Override
    protected MaxFlowSolver solver() {
        return new PushRelabelSolver();
    }
}
