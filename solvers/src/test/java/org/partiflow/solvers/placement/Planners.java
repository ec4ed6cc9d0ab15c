package org.partiflow.solvers.placement;

import java.util.Optional;
import org.partiflow.api.PlanningOptions;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.PlanningRequest;
import org.partiflow.api.control.CancellationToken;
import org.partiflow.api.control.ProgressListener;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.cost.CostModel;
import org.partiflow.api.result.PlanningResult;
import org.partiflow.api.spi.CostModelFactory;
import org.partiflow.api.spi.Planner;
import org.partiflow.api.spi.Strategies;

/** Shorthand of the planner tests. */
final class Planners {
    private Planners() {}

    static Planner named(String name) {
        return Strategies.named(Planner.class, name);
    }

    static CostModel roofline(PlanningProblem problem) {
        return Strategies.named(CostModelFactory.class, "roofline").create(problem);
    }

    static PlanningResult plan(String planner, PlanningProblem problem, PlanningOptions options, long evaluations) {
        SolveControl control =
                new SolveControl(evaluations, Optional.empty(), 2, new CancellationToken(), ProgressListener.SILENT);
        return named(planner).plan(new PlanningRequest(problem, roofline(problem), options, control));
    }

    static double value(PlanningResult result) {
        return result instanceof PlanningResult.Planned planned
                ? planned.plan().throughput().requestsPerSecond()
                : 0;
    }
}
