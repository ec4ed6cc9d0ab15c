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
import org.partiflow.costmodel.Calibration;
import org.partiflow.costmodel.EngineProfile;
import org.partiflow.costmodel.EngineProfiles;
import org.partiflow.costmodel.RooflineCostModelFactory;
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

    @Option(
            names = "--engine-overhead",
            paramLabel = "NAME",
            description = "Whose software overhead a step has: vllm, vllm-2024, sglang, trtllm, or ideal (none)."
                    + " Default: vllm; check and simulate: as in the plan.")
    private @Nullable String engine;

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
        return chosen().orElseGet(() -> withEngine(Strategies.named(CostModelFactory.class, DEFAULT)));
    }

    /** The overheads that were asked for by name; empty for the default ones. */
    public Optional<EngineProfile> engine() {
        return Optional.ofNullable(engine).map(EngineProfiles::named);
    }

    /**
     * The chosen cost models, or those that the plan was made with.
     *
     * @throws IllegalArgumentException as {@link #factory}, and if the plan was made with a profile that is not given
     */
    public CostModelFactory factory(ServingPlan plan) {
        Optional<Calibration> constants = engine().map(Calibration::of).or(() -> Calibration.find(suffix(plan)));
        Optional<CostModelFactory> chosen = chosen();
        if (chosen.isPresent()) {
            return constants.map(found -> with(chosen.get(), found)).orElse(chosen.get());
        }
        String planned = plan.inputs().costModel();
        CostModelFactory factory = Strategies.named(CostModelFactory.class, DEFAULT);
        if (planned.startsWith(FittedCostModelFactory.NAME + "/")) {
            FittedCostModelFactory builtIn = new FittedCostModelFactory();
            if (!planned.equals(builtIn.id()) && !planned.startsWith(builtIn.id() + "/")) {
                throw new IllegalArgumentException("the plan was made with cost model '" + planned
                        + "'; give its profile with --profile, or another cost model with --cost-model");
            }
            factory = builtIn;
        }
        CostModelFactory found = factory;
        return constants.map(these -> with(found, these)).orElse(found);
    }

    /** The last part of the id of the plan's cost model: the name of its constants. */
    private static String suffix(ServingPlan plan) {
        String id = plan.inputs().costModel();
        return id.substring(id.lastIndexOf('/') + 1);
    }

    private CostModelFactory withEngine(CostModelFactory factory) {
        return engine().map(Calibration::of)
                .map(constants -> with(factory, constants))
                .orElse(factory);
    }

    private static CostModelFactory with(CostModelFactory factory, Calibration constants) {
        if (factory instanceof FittedCostModelFactory fitted) {
            return fitted.with(constants);
        }
        if (factory instanceof RooflineCostModelFactory) {
            return new RooflineCostModelFactory(constants);
        }
        throw new IllegalArgumentException(
                "--engine-overhead needs cost model 'roofline' or 'fitted', but it is '" + factory.name() + "'");
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
            return Optional.of(withEngine(MeasuredFiles.fittedBy(profile)));
        }
        return Optional.ofNullable(name).map(given -> withEngine(Strategies.named(CostModelFactory.class, given)));
    }
}
