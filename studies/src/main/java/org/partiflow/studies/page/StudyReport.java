package org.partiflow.studies.page;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.partiflow.io.AtomicFiles;
import org.partiflow.studies.results.CsvTables;
import org.partiflow.studies.results.Findings;
import org.partiflow.studies.results.FindingsBuilder;
import org.partiflow.studies.results.MarkdownSummary;
import org.partiflow.studies.run.StudyResult;
import org.partiflow.studies.study.Study;

/**
 * Writes what a complete study found, beside its log: {@code index.html}, {@code summary.md}, {@code effects.csv} and
 * {@code cells.csv}. Stateless; equal logs give equal bytes.
 */
public final class StudyReport {
    private StudyReport() {}

    /**
     * Writes the files.
     *
     * @throws IllegalArgumentException if the log lacks a cell
     */
    public static Findings write(Study study, StudyResult result) {
        Path log = result.log();
        Findings findings = FindingsBuilder.of(study, log);
        CsvTables.cells(study, log, log.resolveSibling("cells.csv"));
        CsvTables.effects(findings, log.resolveSibling("effects.csv"));
        AtomicFiles.write(
                log.resolveSibling("summary.md"), MarkdownSummary.of(findings).getBytes(StandardCharsets.UTF_8));
        AtomicFiles.write(
                log.resolveSibling("index.html"), StudyHtml.of(findings).getBytes(StandardCharsets.UTF_8));
        return findings;
    }
}
