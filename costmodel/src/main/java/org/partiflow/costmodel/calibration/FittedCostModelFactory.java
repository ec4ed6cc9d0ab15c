package org.partiflow.costmodel.calibration;

import java.util.List;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.cost.CostModel;
import org.partiflow.api.spi.CostModelFactory;
import org.partiflow.costmodel.Calibration;
import org.partiflow.costmodel.RooflineCostModel;

/**
 * Makes cost models that take the fitted kernel laws of a profile where the profile has fits of a GPU (matrix products,
 * element-wise kernels, attention, each on its own), and the roofline's laws for everything else. Immutable and
 * thread-safe.
 */
public final class FittedCostModelFactory implements CostModelFactory {
    /** Name of this strategy, and first part of its cost models' ids. */
    public static final String NAME = "fitted";

    private static final int VERSION = 1;

    private final CostProfile profile;
    private final String label;
    private final Calibration calibration;

    /** With the built-in profile. */
    public FittedCostModelFactory() {
        this(CostProfile.builtIn(), "built-in");
    }

    /**
     * With a profile.
     *
     * @param label tells this profile from others in the cost model's id, for example its digest
     */
    public FittedCostModelFactory(CostProfile profile, String label) {
        this(profile, label, Calibration.DEFAULT);
    }

    private FittedCostModelFactory(CostProfile profile, String label, Calibration calibration) {
        this.profile = profile;
        this.label = label;
        this.calibration = calibration;
    }

    /** This profile's kernels under other constants of engine and roofline. */
    public FittedCostModelFactory with(Calibration other) {
        return new FittedCostModelFactory(profile, label, other);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "Kernel laws fitted to measured tables where a GPU has them, roofline laws elsewhere.";
    }

    /** What the times of a GPU rest on, a line each: fits of its layers' kernels, where the profile has some. */
    public List<String> validity(String gpu) {
        return profile.validity(gpu).stream()
                .filter(line -> line.startsWith("layer-") || line.startsWith("gemm") || line.startsWith("attention"))
                .toList();
    }

    /** Id of the cost models that this factory makes. */
    public String id() {
        String constants = calibration.equals(Calibration.DEFAULT) ? "" : "/" + calibration.name();
        return NAME + "/" + VERSION + "/" + label + constants;
    }

    @Override
    public CostModel create(PlanningProblem problem) {
        FittedRanks ranks = new FittedRanks(problem.model(), profile);
        return new RooflineCostModel(problem.model(), calibration, ranks, id());
    }
}
