package org.partiflow.interop.exports;

import java.util.List;

/** Writes a plan for one engine or orchestrator. Implementations are stateless and thread-safe; same input, same bytes. */
public interface PlanExporter {
    /** Stable kebab-case name of the format. */
    String format();

    /** The version of the engine or orchestrator that the files are written for. */
    String target();

    /** What keeps the plan from being deployed this way, one sentence each; empty if nothing does. */
    List<String> obstacles(ExportRequest request);

    /**
     * The files.
     *
     * @throws IllegalArgumentException if there are obstacles
     */
    List<ExportedFile> export(ExportRequest request);
}
