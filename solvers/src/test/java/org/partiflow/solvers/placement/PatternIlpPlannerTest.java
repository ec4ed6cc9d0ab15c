package org.partiflow.solvers.placement;

import org.partiflow.api.PlanningProblem;
import org.partiflow.api.cost.CostModel;
import org.partiflow.api.spi.Planner;
import org.partiflow.testkit.PlannerContract;

class PatternIlpPlannerTest extends PlannerContract {
    @Override
    protected Planner planner() {
        return Planners.named("pattern-ilp");
    }

    @Override
    protected CostModel costModel(PlanningProblem problem) {
        return Planners.roofline(problem);
    }
}
