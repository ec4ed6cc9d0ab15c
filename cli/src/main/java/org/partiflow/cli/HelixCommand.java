package org.partiflow.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.control.ProgressListener;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.layers.LayerProblem;
import org.partiflow.cli.run.Interruption;
import org.partiflow.cli.run.OutputFiles;
import org.partiflow.cli.run.Quantity;
import org.partiflow.cli.text.LayerPlacementText;
import org.partiflow.io.AtomicFiles;
import org.partiflow.io.HelixInstanceReader;
import org.partiflow.io.HelixSolutionWriter;
import org.partiflow.solvers.helix.LayerPlacementResult;
import org.partiflow.solvers.helix.LayerPlacer;
import org.partiflow.solvers.helix.PlacementOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code partiflow helix}. */
@Command(
        name = "helix",
        description = "Places layers on the machines of a Helix instance, and bounds what any placement can reach.",
        mixinStandardHelpOptions = true)
final class HelixCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--instance",
            required = true,
            paramLabel = "FILE",
            description = "Cluster with layer rates (JSON or YAML).")
    private Path instance = Path.of("");

    @Option(
            names = "--length-discount",
            paramLabel = "X",
            defaultValue = "0.04",
            description = "Share of the flow that one more machine on a token's way must bring; 0 maximises the flow"
                    + " alone. Default: ${DEFAULT-VALUE}.")
    private double lengthDiscount;

    @Option(
            names = "--time-limit",
            paramLabel = "T",
            defaultValue = "45s",
            converter = Quantity.Time.class,
            description = "Stop after this wall time. Default: ${DEFAULT-VALUE}.")
    private Duration timeLimit = Duration.ofSeconds(45);

    @Option(
            names = "--max-evaluations",
            paramLabel = "N",
            description = "Value at most so many placements (reproducible). Default: no limit.")
    private long maxEvaluations = Long.MAX_VALUE;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "42", description = "Seed. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the placement as Helix's solution file here.")
    private @Nullable Path out;

    @Option(
            names = "--flow-only-out",
            paramLabel = "FILE",
            description = "Write the placement of the greatest flow found, whatever its length, here.")
    private @Nullable Path flowOnlyOut;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "What to print: text, or json and nothing else. Default: ${DEFAULT-VALUE}.")
    private OutputFormat format = OutputFormat.TEXT;

    @Override
    public Integer call() {
        OutputFiles.require(
                Stream.of(out, flowOnlyOut).flatMap(Stream::ofNullable).toList(), List.of(instance));
        PlacementOptions options =
                PlacementOptions.DEFAULT.withLengthDiscount(lengthDiscount).withSeed(seed);
        LayerProblem problem = new HelixInstanceReader().readOrThrow(instance).value();
        PrintWriter err = spec.commandLine().getErr();
        try (Interruption interruption = Interruption.listen(err)) {
            SolveControl control = new SolveControl(
                    maxEvaluations, Optional.of(timeLimit), 1, interruption.token(), ProgressListener.SILENT);
            LayerPlacementResult result = new LayerPlacer(options).place(problem, control);
            if (result == null) {
                return nothing(problem, interruption);
            }
            write(problem, result);
            if (interruption.happened()) {
                err.println("partiflow: interrupted; this is the best placement so far");
                err.flush();
                return ExitCodes.INTERRUPTED;
            }
            return ExitCodes.DONE;
        }
    }

    private int nothing(LayerProblem problem, Interruption interruption) {
        long held = 0;
        for (int m = 0; m < problem.machines(); m++) {
            held += problem.type(m).maxLayers();
        }
        PrintWriter err = spec.commandLine().getErr();
        err.println("partiflow: no placement carries anything: " + problem.machines() + " machines hold at most " + held
                + " layers, the model has " + problem.layers()
                + (held < problem.layers() ? "; add machines" : "; check that the links connect them"));
        err.flush();
        return interruption.happened() ? ExitCodes.INTERRUPTED : ExitCodes.FAILED;
    }

    private void write(LayerProblem problem, LayerPlacementResult result) {
        HelixSolutionWriter writer = new HelixSolutionWriter();
        if (out != null) {
            AtomicFiles.write(out, writer.toBytes(problem, result.placement()));
        }
        if (flowOnlyOut != null) {
            AtomicFiles.write(
                    flowOnlyOut,
                    writer.toBytes(
                            problem,
                            result.alternatives().isEmpty()
                                    ? result.placement()
                                    : result.alternatives().get(0).placement()));
        }
        PrintWriter stdout = spec.commandLine().getOut();
        String text = format == OutputFormat.JSON
                ? new String(LayerPlacementText.json(problem, result), StandardCharsets.UTF_8)
                : LayerPlacementText.table(problem, result);
        stdout.print(text);
        stdout.flush();
    }
}
