package org.partiflow.cli.run;

import org.partiflow.api.PlanningProblem;
import org.partiflow.api.cost.CostModel;
import org.partiflow.api.spi.CostModelFactory;
import org.partiflow.api.spi.Strategies;

/** The cost model that every command uses. Stateless. */
public final class CostModels {
    private static final String NAME = "roofline";

    private CostModels() {}

    /** The cost model for this problem. */
    public static CostModel of(PlanningProblem problem) {
        return Strategies.named(CostModelFactory.class, NAME).create(problem);
    }
}
