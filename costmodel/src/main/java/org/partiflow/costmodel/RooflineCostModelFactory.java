package org.partiflow.costmodel;

import org.partiflow.api.PlanningProblem;
import org.partiflow.api.cost.CostModel;
import org.partiflow.api.spi.CostModelFactory;

/** Makes {@link RooflineCostModel}s with the built-in calibration. Stateless and thread-safe. */
public final class RooflineCostModelFactory implements CostModelFactory {
    @Override
    public String name() {
        return "roofline";
    }

    @Override
    public String description() {
        return "Roofline laws per operation, with efficiencies fitted to public measurements.";
    }

    @Override
    public CostModel create(PlanningProblem problem) {
        return new RooflineCostModel(problem.model(), Calibration.DEFAULT);
    }
}
