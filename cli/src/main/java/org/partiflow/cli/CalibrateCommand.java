package org.partiflow.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.partiflow.cli.run.MeasuredFiles;
import org.partiflow.cli.run.OutputFiles;
import org.partiflow.cli.run.RawCalibration;
import org.partiflow.costmodel.calibration.BatchKind;
import org.partiflow.costmodel.calibration.Calibrator;
import org.partiflow.costmodel.calibration.CostProfile;
import org.partiflow.costmodel.calibration.ProfileJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code partiflow calibrate}: fits the cost model to measured rows. */
@Command(
        name = "calibrate",
        description = "Fits the cost model to measured rows, or to what 'profile' measured, and writes a profile that"
                + " 'plan', 'simulate' and 'predict' read with --profile.",
        mixinStandardHelpOptions = true)
final class CalibrateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--data", paramLabel = "F.csv", description = "Measured rows; needs --kind.")
    private @Nullable Path data;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "Kind of the table: vidur-layer, gemm, attention-prefill, attention-decode, layer-ops,"
                    + " attention, collective, layer-helix, serving.")
    private @Nullable String kind;

    @Option(
            names = "--profile",
            paramLabel = "FILE",
            description =
                    "With --data: a profile whose fits are kept beside the new ones. Alone: what 'partiflow profile'"
                            + " measured.")
    private @Nullable Path profile;

    @Option(
            names = "--gpu",
            paramLabel = "NAME",
            description = "GPU type that 'partiflow profile' measured. Default: by the name in the file.")
    private @Nullable String gpu;

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
        String text = ProfileJson.write(data == null ? fromProfiler() : fromRows(data));
        if (out != null) {
            MeasuredFiles.write(out, text.getBytes(StandardCharsets.UTF_8));
        } else {
            PrintWriter writer = spec.commandLine().getOut();
            writer.print(text);
            writer.flush();
        }
        return ExitCodes.DONE;
    }

    private CostProfile fromRows(Path rows) {
        if (kind == null || gpu != null) {
            throw new ParameterException(
                    spec.commandLine(),
                    kind == null
                            ? "--data needs --kind"
                            : "--gpu goes with what 'partiflow profile' measured, not with --data");
        }
        BatchKind chosen = BatchKind.of(kind);
        requireOutput(rows);
        CostProfile kept = profile == null ? CostProfile.empty() : MeasuredFiles.readProfile(profile);
        CostProfile fitted = new Calibrator(MeasuredFiles.HARDWARE, start().with(kept))
                .fit(chosen, MeasuredFiles.read(rows), licence);
        return kept.with(fitted);
    }

    private CostProfile fromProfiler() {
        if (profile == null || kind != null) {
            throw new ParameterException(
                    spec.commandLine(), "give --data and --kind, or --profile with what 'partiflow profile' measured");
        }
        requireOutput(profile);
        return RawCalibration.fit(profile, gpu, start());
    }

    private void requireOutput(Path input) {
        if (out != null) {
            OutputFiles.require(List.of(out), List.of(input));
        }
    }

    private CostProfile start() {
        return switch (from) {
            case "built-in" -> CostProfile.builtIn();
            case "datasheet" -> CostProfile.empty();
            default -> throw new IllegalArgumentException("--from is '" + from + "'; choose from: built-in, datasheet");
        };
    }
}
