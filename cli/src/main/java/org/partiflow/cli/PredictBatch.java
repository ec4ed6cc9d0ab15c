package org.partiflow.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.partiflow.cli.run.CostModels;
import org.partiflow.cli.run.MeasuredFiles;
import org.partiflow.cli.run.OutputFiles;
import org.partiflow.costmodel.calibration.BatchKind;
import org.partiflow.costmodel.calibration.BatchPredictor;
import org.partiflow.costmodel.calibration.Calibrator;
import org.partiflow.costmodel.calibration.CostProfile;
import org.partiflow.costmodel.calibration.MeasuredTable;
import picocli.CommandLine.Option;

/** Options and work of {@code partiflow predict --batch}. */
final class PredictBatch {
    @Option(
            names = "--batch",
            paramLabel = "F.csv",
            description = "Predict every row of this table instead; measured columns are not looked at.")
    private @Nullable Path batch;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "Kind of the table: vidur-layer, gemm, attention-prefill, attention-decode, layer-ops,"
                    + " attention, collective, layer-helix, serving.")
    private @Nullable String kind;

    @Option(
            names = "--probe",
            paramLabel = "P.csv",
            description = "Measured rows of the same kind, to which constants are fitted first; about 150 suffice.")
    private @Nullable Path probe;

    @Option(names = "--datasheet", description = "Leave the built-in profile out: laws start from the datasheet alone.")
    private boolean datasheet;

    @Option(names = "--out", paramLabel = "O.csv", description = "Where the table with predictions goes.")
    private @Nullable Path out;

    boolean isAsked() {
        return batch != null || kind != null || probe != null || out != null;
    }

    int run(CostModels costModels) {
        Path input = given("--batch", batch);
        BatchKind chosen = BatchKind.of(given("--kind", kind));
        Path output = given("--out", out);
        List<Path> inputs = new ArrayList<>(costModels.inputs());
        inputs.add(input);
        if (probe != null) {
            inputs.add(probe);
        }
        if (costModels.engine().isPresent()) {
            throw new IllegalArgumentException(
                    "--engine-overhead does not go with --batch: the rows of a table name their engine");
        }
        if (costModels.hasRouting()) {
            throw new IllegalArgumentException(
                    "--expert-skew and --expert-parallel do not go with --batch: no kind of table has experts");
        }
        OutputFiles.require(List.of(output), inputs);
        MeasuredTable table = MeasuredFiles.read(input);
        CostProfile known = datasheet ? CostProfile.empty() : CostProfile.builtIn();
        for (Path profile : costModels.inputs()) {
            known = known.with(MeasuredFiles.readProfile(profile));
        }
        if (probe != null) {
            known = known.with(
                    new Calibrator(MeasuredFiles.HARDWARE, known).fit(chosen, MeasuredFiles.read(probe), ""));
        }
        List<String> lines = new BatchPredictor(MeasuredFiles.HARDWARE, known).appended(chosen, table);
        MeasuredFiles.write(output, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        return ExitCodes.DONE;
    }

    private static <T> T given(String option, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException(
                    "predictions of a table need --batch, --kind and --out; " + option + " is missing");
        }
        return value;
    }
}
