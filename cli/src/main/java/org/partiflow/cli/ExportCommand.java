package org.partiflow.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.partiflow.cli.run.MeasuredFiles;
import org.partiflow.cli.run.PlanAndProblem;
import org.partiflow.cli.run.ProblemOptions;
import org.partiflow.interop.exports.ExportRequest;
import org.partiflow.interop.exports.ExportSettings;
import org.partiflow.interop.exports.ExportedFile;
import org.partiflow.interop.exports.Exporters;
import org.partiflow.interop.exports.PlanExporter;
import org.partiflow.io.OutputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code partiflow export}: a plan as what engines and orchestrators read. */
@Command(
        name = "export",
        description = "Writes launch scripts or manifests for a plan, after checking that the engine can run it.",
        mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--format",
            required = true,
            paramLabel = "NAME",
            description = "vllm, sglang, dynamo, llm-d, lws or helix.")
    private String format = "";

    @Option(names = "--plan", required = true, paramLabel = "FILE", description = "Plan file (plan/1).")
    private Path plan = Path.of("");

    @Mixin
    private ProblemOptions problemOptions = new ProblemOptions();

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Folder for the files; made if missing.")
    private Path out = Path.of("");

    @Option(
            names = "--served-model",
            paramLabel = "NAME",
            description =
                    "The model as the engine loads it, such as meta-llama/Llama-2-70b-hf. Default: the plan's name.")
    private @Nullable String servedModel;

    @Option(names = "--image", paramLabel = "NAME", description = "Container image. Default: the format's own.")
    private String image = "";

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Name of Kubernetes objects. Default: ${DEFAULT-VALUE}.")
    private String name = "partiflow";

    @Option(names = "--first-port", paramLabel = "N", description = "First engine's port. Default: ${DEFAULT-VALUE}.")
    private int firstPort = 8100;

    @Override
    public Integer call() {
        PlanExporter exporter = Exporters.of(format);
        PrintWriter err = spec.commandLine().getErr();
        PlanAndProblem given = PlanAndProblem.load(plan, problemOptions, err);
        String model = servedModel == null ? given.problem().model().name() : servedModel;
        ExportRequest request =
                new ExportRequest(given.plan(), given.problem(), new ExportSettings(model, image, name, firstPort));
        List<String> obstacles = exporter.obstacles(request);
        if (!obstacles.isEmpty()) {
            err.println("partiflow: the plan cannot be deployed with " + exporter.target() + ":");
            obstacles.forEach(obstacle -> err.println("  " + obstacle));
            err.flush();
            return ExitCodes.FAILED;
        }
        write(exporter.export(request));
        PrintWriter writer = spec.commandLine().getOut();
        writer.println("Wrote " + out + " for " + exporter.target() + ".");
        writer.flush();
        return ExitCodes.DONE;
    }

    private void write(List<ExportedFile> files) {
        try {
            Files.createDirectories(out);
        } catch (IOException e) {
            throw new OutputException("cannot make the folder '" + out + "': " + e.getMessage(), e);
        }
        for (ExportedFile file : files) {
            Path target = out.resolve(file.name());
            MeasuredFiles.write(target, file.content().getBytes(StandardCharsets.UTF_8));
            if (file.executable() && !target.toFile().setExecutable(true)) {
                spec.commandLine().getErr().println("partiflow: warning: cannot make '" + target + "' executable");
            }
        }
    }
}
