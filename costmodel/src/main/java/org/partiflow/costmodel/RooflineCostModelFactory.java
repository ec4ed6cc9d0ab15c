package org.partiflow.costmodel;

import org.partiflow.api.PlanningProblem;
import org.partiflow.api.cost.CostModel;
import org.partiflow.api.spi.CostModelFactory;

/** Makes {@link RooflineCostModel}s with one calibration. Immutable and thread-safe. */
public final class RooflineCostModelFactory implements CostModelFactory {
    private final Calibration calibration;

    /** With the built-in calibration. */
    public RooflineCostModelFactory() {
        this(Calibration.DEFAULT);
    }

    /** With other constants. */
    public RooflineCostModelFactory(Calibration calibration) {
        this.calibration = calibration;
    }

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
        return new RooflineCostModel(problem.model(), calibration);
    }
}
