package org.partiflow.solvers.jgrapht;

import org.partiflow.api.spi.MaxFlowSolver;
import org.partiflow.testkit.MaxFlowSolverContract;

class JgraphtDinicMaxFlowSolverTest extends MaxFlowSolverContract {
    @Override
    protected MaxFlowSolver solver() {
        return new JgraphtDinicMaxFlowSolver();
    }
}
