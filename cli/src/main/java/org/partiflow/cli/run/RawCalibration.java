package org.partiflow.cli.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.partiflow.costmodel.calibration.BatchKind;
import org.partiflow.costmodel.calibration.Calibrator;
import org.partiflow.costmodel.calibration.CostProfile;
import org.partiflow.costmodel.calibration.MeasuredTable;
import org.partiflow.io.Catalogue;
import org.partiflow.profiler.CalibrationRows;
import org.partiflow.profiler.RawProfile;
import org.partiflow.profiler.RawProfileException;
import org.partiflow.profiler.RawProfileReader;

/** Fits the cost model to what {@code partiflow profile} measured. Stateless. */
public final class RawCalibration {
    private RawCalibration() {}

    /**
     * The fits of one raw profile.
     *
     * @param file a {@code profile-raw/1}
     * @param gpu name of the GPU in the catalogue; {@code null} to find it by the name that the driver gives
     * @param start where fits start
     * @throws IllegalArgumentException if the file is not a raw profile, its GPU is unknown, or it has too few rows
     */
    public static CostProfile fit(Path file, @Nullable String gpu, CostProfile start) {
        RawProfile raw = read(file);
        String name = gpu == null ? raw.device().name() : gpu;
        String known = Catalogue.findGpuType(name)
                .or(() -> Catalogue.findGpuType(name.replace(' ', '-')))
                .orElseThrow(() -> new IllegalArgumentException(
                        file + ": no GPU type is named '" + name + "'; name one with --gpu ('partiflow list gpus')"))
                .name();
        String source = raw.device().name() + ", driver " + (raw.driver().isEmpty() ? "unknown" : raw.driver()) + ", "
                + raw.measuredAt() + ", " + raw.mode();
        CostProfile fitted = CostProfile.empty();
        for (Map.Entry<String, List<String>> table :
                CalibrationRows.of(raw, known).entrySet()) {
            MeasuredTable rows = MeasuredTable.parse(source, table.getValue());
            fitted = fitted.with(new Calibrator(MeasuredFiles.HARDWARE, start.with(fitted))
                    .fit(BatchKind.of(table.getKey()), rows, ""));
        }
        return fitted;
    }

    private static RawProfile read(Path file) {
        try {
            return new RawProfileReader().read(MeasuredFiles.text(file));
        } catch (RawProfileException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }
}
