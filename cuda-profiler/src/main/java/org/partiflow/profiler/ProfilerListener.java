package org.partiflow.profiler;

/** Hears what the profiler does. Called on one thread of the profiler's, in order. */
@FunctionalInterface
public interface ProfilerListener {
    /** Hears nothing. */
    ProfilerListener SILENT = line -> {};

    /** A line of progress, for people. */
    void onProgress(String line);
}
