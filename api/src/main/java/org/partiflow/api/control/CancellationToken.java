package org.partiflow.api.control;

/** One-way switch that asks a running solve to stop. Thread-safe. */
public final class CancellationToken {
    private volatile boolean cancelled;

    /** Asks for a stop; cannot be undone. */
    public void cancel() {
        cancelled = true;
    }

    /** Whether a stop was asked for. */
    public boolean isCancelled() {
        return cancelled;
    }
}
