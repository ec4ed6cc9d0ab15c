package org.partiflow.io;

import java.nio.file.Path;
import org.partiflow.api.report.SimulationReport;
import org.partiflow.io.internal.plan.ReportTree;
import org.partiflow.io.internal.text.JsonText;

/**
 * Writes {@code report/1}: JSON with keys in the order of the format, numbers of 12 significant digits, line feeds.
 * {@code slo} is null without targets, {@code goodputRequestsPerSecond} is absent unless searched. The same report gives
 * the same bytes on every JVM and in every locale. Stateless and thread-safe.
 */
public final class ReportWriter {
    /** Makes a writer. */
    public ReportWriter() {}

    /**
     * The content of the file, UTF-8.
     *
     * @throws IllegalArgumentException if a number of the report is not finite
     */
    public byte[] toBytes(SimulationReport report) {
        return JsonText.json(ReportTree.of(report));
    }

    /**
     * Writes the file, replacing an old one atomically.
     *
     * @throws OutputException if the file cannot be written
     * @throws IllegalArgumentException if a number of the report is not finite
     */
    public void write(SimulationReport report, Path file) {
        AtomicFiles.write(file, toBytes(report));
    }
}
