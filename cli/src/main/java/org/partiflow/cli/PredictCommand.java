package org.partiflow.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.cluster.GpuType;
import org.partiflow.api.cluster.Link;
import org.partiflow.api.cluster.LinkKind;
import org.partiflow.api.cost.CostModel;
import org.partiflow.api.cost.StageHardware;
import org.partiflow.api.cost.StepLoad;
import org.partiflow.api.model.Sharding;
import org.partiflow.api.model.TransformerModel;
import org.partiflow.api.spi.CostModelFactory;
import org.partiflow.api.unit.Bandwidth;
import org.partiflow.api.unit.Dimension;
import org.partiflow.api.unit.Quantities;
import org.partiflow.cli.run.CostModels;
import org.partiflow.cli.run.StageProblem;
import org.partiflow.cli.text.Facts;
import org.partiflow.costmodel.GpuEfficiencies;
import org.partiflow.costmodel.RooflineCostModel;
import org.partiflow.costmodel.StepBreakdown;
import org.partiflow.costmodel.calibration.FittedCostModelFactory;
import org.partiflow.io.Catalogue;
import org.partiflow.io.ModelReader;
import org.partiflow.studies.words.Numbers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code partiflow predict}, for one forward pass. */
@Command(
        name = "predict",
        description = "Predicts the time of one forward pass on one tensor-parallel stage, and what it is made of.",
        mixinStandardHelpOptions = true)
final class PredictCommand implements Callable<Integer> {
    private static final Duration LINK_LATENCY = Duration.ofNanos(5000);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--gpu", paramLabel = "NAME", description = "GPU type ('partiflow list gpus').")
    private String gpu = "";

    @Option(names = "--model", paramLabel = "FILE|NAME", description = "config.json or built-in model.")
    private String model = "";

    @Option(names = "--tp", paramLabel = "N", description = "GPUs that share the stage. Default: ${DEFAULT-VALUE}.")
    private int degree = 1;

    @Option(
            names = "--link",
            paramLabel = "RATE",
            description = "Bandwidth between them, one way per GPU, for example '450 GB/s'; required if --tp > 1.")
    private @Nullable String link;

    @Option(names = "--layers", paramLabel = "N", description = "Layers of the stage. Default: all.")
    private @Nullable Integer layers;

    @Option(names = "--prompt", paramLabel = "TOKENS", description = "Prefill one prompt of this length.")
    private int prompt;

    @Option(names = "--sequences", paramLabel = "N", description = "Decode one token for so many sequences.")
    private int sequences;

    @Option(
            names = "--context",
            paramLabel = "TOKENS",
            description = "Cached tokens of each decoding sequence. Default: ${DEFAULT-VALUE}.")
    private int context = 1024;

    @Mixin
    private CostModels costModels = new CostModels();

    @Mixin
    private PredictBatch batch = new PredictBatch();

    @Override
    public Integer call() {
        if (batch.isAsked()) {
            return batch.run(costModels);
        }
        if (gpu.isEmpty() || model.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "Missing required options: --gpu and --model, or --batch, --kind and --out");
        }
        TransformerModel loaded = new ModelReader().readNameOrFileOrThrow(model).value();
        GpuType type = Catalogue.findGpuType(gpu)
                .orElseThrow(() ->
                        new IllegalArgumentException("no GPU type is named '" + gpu + "'; see 'partiflow list gpus'"));
        requireRange(loaded);
        PlanningProblem problem = StageProblem.of(type, link(), degree, loaded);
        StageHardware hardware = new StageHardware(List.of(type), degree, link());
        print(problem, hardware, layers == null ? loaded.layers() : layers);
        return ExitCodes.DONE;
    }

    private void print(PlanningProblem problem, StageHardware hardware, int stageLayers) {
        CostModelFactory factory = costModels.factory();
        CostModel costModel = factory.create(problem);
        StepLoad load = new StepLoad(
                prompt,
                (double) prompt * (prompt + 1) / 2,
                prompt > 0 ? 1 : 0,
                sequences,
                (double) sequences * context);
        Facts facts = new Facts()
                .add("Time", Numbers.seconds(costModel.stage(hardware).stepSeconds(0, stageLayers, load)));
        if (costModel instanceof RooflineCostModel roofline) {
            StepBreakdown parts = roofline.breakdown(hardware, 0, stageLayers, load);
            facts.add("  matrix products", Numbers.seconds(parts.gemmSeconds()))
                    .add("  attention", Numbers.seconds(parts.attentionSeconds()))
                    .add("  element-wise", Numbers.seconds(parts.elementwiseSeconds()))
                    .add("  embedding and head", Numbers.seconds(parts.embeddingAndHeadSeconds()))
                    .add("  communication", Numbers.seconds(parts.communicationSeconds()))
                    .add("  overhead", Numbers.seconds(parts.overheadSeconds()));
        }
        double weights = Sharding.weightBytesPerGpu(problem.model(), 0, stageLayers, degree);
        facts.add("Weights", Numbers.gigabytes(weights) + " per GPU").add("Cost model", costModel.id());
        PrintWriter out = spec.commandLine().getOut();
        out.print(facts);
        out.print(validity(factory, hardware.types().get(0)));
        out.flush();
    }

    private String validity(CostModelFactory factory, GpuType type) {
        List<String> fits = factory instanceof FittedCostModelFactory fitted ? fitted.validity(type.name()) : List.of();
        StringBuilder text = new StringBuilder("\nValid for\n");
        fits.forEach(fit -> text.append("  ").append(fit).append('\n'));
        costModels
                .engine()
                .ifPresent(engine -> text.append("  engine overhead ")
                        .append(engine.name())
                        .append(": ")
                        .append(engine.source())
                        .append("; ")
                        .append(engine.validity())
                        .append('\n'));
        return text.append("  the rest by the roofline: ")
                .append(GpuEfficiencies.of(type).source())
                .append("; no tile, wave or L2 effects\n")
                .toString();
    }

    private void requireRange(TransformerModel loaded) {
        if (prompt < 0 || sequences < 0 || context < 0 || (prompt == 0 && sequences == 0)) {
            throw new IllegalArgumentException("give --prompt above zero, or --sequences above zero, or both");
        }
        if (!Sharding.isLegal(loaded, degree)) {
            throw new IllegalArgumentException(loaded.name() + " cannot be shared by " + degree + " GPUs");
        }
        if (degree > 1 && link == null) {
            throw new IllegalArgumentException("--tp " + degree + " needs --link, for example --link '450 GB/s'");
        }
        if (layers != null && (layers < 1 || layers > loaded.layers())) {
            throw new IllegalArgumentException("--layers must be in [1, " + loaded.layers() + "], got " + layers);
        }
    }

    private Link link() {
        double bandwidth = link == null
                ? 1
                : Quantities.parse(Dimension.BANDWIDTH, link)
                        .getOrElseThrow(message -> new IllegalArgumentException("--link: " + message));
        return new Link(LinkKind.NVLINK, new Bandwidth(bandwidth), LINK_LATENCY);
    }
}
