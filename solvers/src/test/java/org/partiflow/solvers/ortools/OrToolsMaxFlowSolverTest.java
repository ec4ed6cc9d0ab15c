package org.partiflow.solvers.ortools;

import org.partiflow.api.spi.MaxFlowSolver;
import org.partiflow.testkit.MaxFlowSolverContract;

class OrToolsMaxFlowSolverTest extends MaxFlowSolverContract {
    @Override
    protected MaxFlowSolver solver() {
        return new OrToolsMaxFlowSolver();
    }
}
