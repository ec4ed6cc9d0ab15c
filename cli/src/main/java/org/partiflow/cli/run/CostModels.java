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
import org.partiflow.costmodel.ExpertRouting;
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

    @Option(
            names = "--expert-skew",
            paramLabel = "S",
            description = "How unevenly tokens choose the experts of a mixture: exponent of Zipf's law over their"
                    + " popularity. Default: 0, all alike; check and simulate: as in the plan.")
    private @Nullable Double expertSkew;

    @Option(
            names = "--expert-parallel",
            negatable = true,
            description = "Each GPU of a stage holds whole experts, dealt so that loads are even, instead of a cut of"
                    + " every expert. Default: cut; check and simulate: as in the plan.")
    private @Nullable Boolean expertParallel;

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
        return withOptions(chosen().orElseGet(() -> Strategies.named(CostModelFactory.class, DEFAULT)));
    }

    /** The overheads that were asked for by name; empty for the default ones. */
    public Optional<EngineProfile> engine() {
        return Optional.ofNullable(engine).map(EngineProfiles::named);
    }

    /** Whether skew or placement of experts were asked for. */
    public boolean hasRouting() {
        return expertSkew != null || expertParallel != null;
    }

    /**
     * The chosen cost models, or those that the plan was made with.
     *
     * @throws IllegalArgumentException as {@link #factory}, and if the plan was made with a profile that is not given
     */
    public CostModelFactory factory(ServingPlan plan) {
        Calibration constants = options(Calibration.find(suffix(plan)).orElse(Calibration.DEFAULT));
        Optional<CostModelFactory> chosen = chosen();
        if (chosen.isPresent()) {
            return with(chosen.get(), constants);
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
        return with(factory, constants);
    }

    /** The last part of the id of the plan's cost model: the name of its constants. */
    private static String suffix(ServingPlan plan) {
        String id = plan.inputs().costModel();
        return id.substring(id.lastIndexOf('/') + 1);
    }

    private CostModelFactory withOptions(CostModelFactory factory) {
        return with(factory, options(Calibration.DEFAULT));
    }

    /** These constants, with what the options say instead. */
    private Calibration options(Calibration constants) {
        Calibration with = engine().map(constants::with).orElse(constants);
        if (!hasRouting()) {
            return with;
        }
        ExpertRouting planned = with.routing();
        return with.with(new ExpertRouting(
                expertSkew == null ? planned.skew() : expertSkew,
                expertParallel == null ? planned.placed() : expertParallel));
    }

    private static CostModelFactory with(CostModelFactory factory, Calibration constants) {
        if (constants.equals(Calibration.DEFAULT)) {
            return factory;
        }
        if (factory instanceof FittedCostModelFactory fitted) {
            return fitted.with(constants);
        }
        if (factory instanceof RooflineCostModelFactory) {
            return new RooflineCostModelFactory(constants);
        }
        throw new IllegalArgumentException(
                "--engine-overhead, --expert-skew and --expert-parallel need cost model 'roofline' or 'fitted', but it is '"
                        + factory.name() + "'");
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
