package org.partiflow.api.control;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is left of a {@link SolveControl}'s limits during one solve. Not thread-safe: one solve, one thread. */
public final class Budget {
    private final SolveControl control;
    private final long deadlineNanos;
    private final boolean hasDeadline;
    private long evaluations;
    private @Nullable String limit;
    private boolean cancelled;

    Budget(SolveControl control) {
        this.control = control;
        hasDeadline = control.timeLimit().isPresent();
        deadlineNanos =
                System.nanoTime() + control.timeLimit().map(Duration::toNanos).orElse(0L);
    }

    /** Counts one evaluation; returns whether the solve may go on. */
    public boolean spend() {
        return spend(1);
    }

    /** Counts evaluations; returns whether the solve may go on. */
    public boolean spend(long count) {
        evaluations += count;
        return mayGoOn();
    }

    /** Whether the solve may go on; once false, always false. */
    public boolean mayGoOn() {
        if (limit != null || cancelled) {
            return false;
        }
        if (evaluations >= control.maxEvaluations()) {
            limit = "evaluations";
        } else if (control.cancellation().isCancelled()
                || Thread.currentThread().isInterrupted()) {
            cancelled = true;
        } else if (hasDeadline && System.nanoTime() - deadlineNanos >= 0) {
            limit = "time";
        }
        return limit == null && !cancelled;
    }

    /**
     * The control of a solve within this one: stops when this one is cancelled or out of time, counts its own evaluations
     * without limit, and tells nobody.
     */
    public SolveControl nested() {
        Optional<Duration> left = hasDeadline
                ? Optional.of(Duration.ofNanos(Math.max(0, deadlineNanos - System.nanoTime())))
                : Optional.empty();
        return new SolveControl(Long.MAX_VALUE, left, 1, control.cancellation(), ProgressListener.SILENT);
    }

    /** Evaluations so far. */
    public long evaluations() {
        return evaluations;
    }

    /** The limit that was hit: {@code evaluations} or {@code time}; {@code null} if none. */
    public @Nullable String limit() {
        return limit;
    }

    /** CONVERGED, LIMIT or CANCELLED. */
    public String reason() {
        return cancelled ? "CANCELLED" : limit != null ? "LIMIT" : "CONVERGED";
    }
}
