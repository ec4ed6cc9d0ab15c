package org.partiflow.api.control;

/** Hears of progress, on the thread that called the solver. Must return quickly and must not throw. */
@FunctionalInterface
public interface ProgressListener {
    /** Ignores everything. */
    ProgressListener SILENT = event -> {};

    /** Called for every event, in order. */
    void on(ProgressEvent event);
}
