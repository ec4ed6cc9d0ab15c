package org.partiflow.solvers.ojalgo;

import org.partiflow.api.spi.MaxFlowSolver;
import org.partiflow.testkit.MaxFlowSolverContract;

class OjAlgoMaxFlowSolverTest extends MaxFlowSolverContract {
    @Override
    protected MaxFlowSolver solver() {
        return new OjAlgoMaxFlowSolver();
    }

    @Override
    protected long largestCapacity() {
        return OjAlgoMaxFlowSolver.CAPACITY_LIMIT;
    }
}
