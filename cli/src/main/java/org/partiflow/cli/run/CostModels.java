package org.partiflow.cli.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.cost.CostModel;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.spi.CostModelFactory;
import org.partiflow.api.spi.Strategies;
import org.partiflow.costmodel.calibration.FittedCostModelFactory;
import picocli.CommandLine.Option;

/** Options that choose the cost model, and the one that is taken without them. */
public final class CostModels {
    private static final String DEFAULT = "roofline";

    @Option(
            names = "--cost-model",
            paramLabel = "NAME",
            description = "Where times come from: roofline, or fitted (measured kernels where a GPU has them). Default:"
                    + " roofline; check and simulate: as in the plan.")
    private @Nullable String name;

    @Option(
            names = "--profile",
            paramLabel = "FILE",
            description = "Profile of 'partiflow calibrate' whose fits are used beside the built-in ones"
                    + " (cost model fitted).")
    private @Nullable Path profile;

    /** The default cost model for this problem. */
    public static CostModel of(PlanningProblem problem) {
        return Strategies.named(CostModelFactory.class, DEFAULT).create(problem);
    }

    /**
     * The chosen cost models.
     *
     * @throws IllegalArgumentException if there is none of this name, or the profile cannot be read
     */
    public CostModelFactory factory() {
        return chosen().orElseGet(() -> Strategies.named(CostModelFactory.class, DEFAULT));
    }

    /**
     * The chosen cost models, or those that the plan was made with.
     *
     * @throws IllegalArgumentException as {@link #factory}, and if the plan was made with a profile that is not given
     */
    public CostModelFactory factory(ServingPlan plan) {
        String planned = plan.inputs().costModel();
        FittedCostModelFactory builtIn = new FittedCostModelFactory();
        Optional<CostModelFactory> chosen = chosen();
        if (chosen.isEmpty() && planned.startsWith(FittedCostModelFactory.NAME + "/")) {
            if (!planned.equals(builtIn.id())) {
                throw new IllegalArgumentException("the plan was made with cost model '" + planned
                        + "'; give its profile with --profile, or another cost model with --cost-model");
            }
            return builtIn;
        }
        return chosen.orElseGet(() -> Strategies.named(CostModelFactory.class, DEFAULT));
    }

    /** A warning if a plan was made with other times than it is held against. */
    public static Optional<String> difference(ServingPlan plan, CostModel costModel) {
        String planned = plan.inputs().costModel();
        return planned.equals(costModel.id())
                ? Optional.empty()
                : Optional.of("the plan was made with cost model '" + planned + "', not with '" + costModel.id() + "'");
    }

    /** The files that are read, for guarding them against being overwritten. */
    public List<Path> inputs() {
        return profile == null ? List.of() : List.of(profile);
    }

    private Optional<CostModelFactory> chosen() {
        if (profile != null) {
            if (name != null && !name.equals(FittedCostModelFactory.NAME)) {
                throw new IllegalArgumentException(
                        "--profile needs cost model 'fitted', but --cost-model is '" + name + "'");
            }
            return Optional.of(MeasuredFiles.fittedBy(profile));
        }
        return Optional.ofNullable(name).map(given -> Strategies.named(CostModelFactory.class, given));
    }
}
