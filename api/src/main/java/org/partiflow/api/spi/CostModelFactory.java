package org.partiflow.api.spi;

import org.partiflow.api.PlanningProblem;
import org.partiflow.api.cost.CostModel;

/** Makes cost models. Thread-safe. */
public interface CostModelFactory extends Strategy {
    /** A cost model for the problem's model and serving options. */
    CostModel create(PlanningProblem problem);
}
