package org.partiflow.api.control;

import java.time.Duration;
import java.util.Optional;

/**
 * How far a solve may go and whom it tells. Limits are checked in this order: evaluations (deterministic), cancellation
 * and thread interruption, wall time.
 *
 * @param maxEvaluations most candidate evaluations, at least 0
 * @param timeLimit wall-time limit; a solve cut short by it is not reproducible
 * @param threads most threads to use, at least 1; never changes the result
 * @param cancellation asks for a stop
 * @param listener hears of progress
 */
public record SolveControl(
        long maxEvaluations,
        Optional<Duration> timeLimit,
        int threads,
        CancellationToken cancellation,
        ProgressListener listener) {
    /** Rejects limits out of range. */
    public SolveControl {
        if (maxEvaluations < 0 || threads < 1) {
            throw new IllegalArgumentException(
                    "limits out of range: " + maxEvaluations + " evaluations, " + threads + " threads");
        }
        if (timeLimit.isPresent() && timeLimit.get().isNegative()) {
            throw new IllegalArgumentException("the time limit must not be negative: " + timeLimit.get());
        }
    }

    /** No limit, one thread, nobody listens. */
    public static SolveControl unlimited() {
        return new SolveControl(Long.MAX_VALUE, Optional.empty(), 1, new CancellationToken(), ProgressListener.SILENT);
    }

    /** At most so many evaluations, one thread, nobody listens. */
    public static SolveControl evaluations(long maxEvaluations) {
        return new SolveControl(maxEvaluations, Optional.empty(), 1, new CancellationToken(), ProgressListener.SILENT);
    }

    /** Starts the clock and the count. */
    public Budget start() {
        return new Budget(this);
    }
}
