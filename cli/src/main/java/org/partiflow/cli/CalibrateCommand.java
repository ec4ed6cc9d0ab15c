package org.partiflow.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.partiflow.cli.run.MeasuredFiles;
import org.partiflow.cli.run.OutputFiles;
import org.partiflow.costmodel.calibration.BatchKind;
import org.partiflow.costmodel.calibration.Calibrator;
import org.partiflow.costmodel.calibration.CostProfile;
import org.partiflow.costmodel.calibration.ProfileJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code partiflow calibrate}: fits the cost model to measured rows. */
@Command(
        name = "calibrate",
        description = "Fits the cost model to measured rows and writes a profile that 'predict --profile' reads.",
        mixinStandardHelpOptions = true)
final class CalibrateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--data", required = true, paramLabel = "F.csv", description = "Measured rows.")
    private Path data = Path.of("");

    @Option(
            names = "--kind",
            required = true,
            paramLabel = "KIND",
            description = "Kind of the table: vidur-layer, gemm, attention-prefill, attention-decode, layer-ops,"
                    + " attention, collective, layer-helix, serving.")
    private String kind = "";

    @Option(names = "--profile", paramLabel = "FILE", description = "Profile whose fits are kept beside the new ones.")
    private @Nullable Path profile;

    @Option(
            names = "--from",
            paramLabel = "built-in|datasheet",
            description = "Where fits start. Default: ${DEFAULT-VALUE}.")
    private String from = "built-in";

    @Option(names = "--licence", paramLabel = "NAME", description = "Licence of the data, kept in the profile.")
    private String licence = "";

    @Option(names = "--out", paramLabel = "FILE", description = "Where the profile goes. Default: standard output.")
    private @Nullable Path out;

    @Override
    public Integer call() {
        BatchKind chosen = BatchKind.of(kind);
        if (out != null) {
            OutputFiles.require(List.of(out), List.of(data));
        }
        CostProfile kept = profile == null ? CostProfile.empty() : MeasuredFiles.readProfile(profile);
        CostProfile fitted = new Calibrator(MeasuredFiles.HARDWARE, start().with(kept))
                .fit(chosen, MeasuredFiles.read(data), licence);
        String text = ProfileJson.write(kept.with(fitted));
        if (out != null) {
            MeasuredFiles.write(out, text.getBytes(StandardCharsets.UTF_8));
        } else {
            PrintWriter writer = spec.commandLine().getOut();
            writer.print(text);
            writer.flush();
        }
        return ExitCodes.DONE;
    }

    private CostProfile start() {
        return switch (from) {
            case "built-in" -> CostProfile.builtIn();
            case "datasheet" -> CostProfile.empty();
            default -> throw new IllegalArgumentException("--from is '" + from + "'; choose from: built-in, datasheet");
        };
    }
}
