package org.partiflow.studies.run;

import java.nio.file.Path;
import java.util.function.LongSupplier;
import org.partiflow.api.control.CancellationToken;
import org.partiflow.api.control.ProgressListener;

/**
 * How a study is run. Immutable.
 *
 * @param directory where results go; exists
 * @param shard which cells
 * @param resume go on with what the directory holds
 * @param threads worker threads, at least 1; never changes a result
 * @param cancellation asks for a stop; what is finished stays
 * @param listener hears how many cells are finished, from one thread at a time
 * @param nanoTime the clock of wall-clock metrics, such as {@code System::nanoTime}
 */
public record StudyOptions(
        Path directory,
        Shard shard,
        boolean resume,
        int threads,
        CancellationToken cancellation,
        ProgressListener listener,
        LongSupplier nanoTime) {
    /** Rejects fewer than one thread. */
    public StudyOptions {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, got " + threads);
        }
    }

    /** All cells on one thread, from the start, in silence, without a clock. */
    public static StudyOptions in(Path directory) {
        return new StudyOptions(
                directory, Shard.WHOLE, false, 1, new CancellationToken(), ProgressListener.SILENT, () -> 0);
    }

    /** The same with so many threads. */
    public StudyOptions withThreads(int newThreads) {
        return new StudyOptions(directory, shard, resume, newThreads, cancellation, listener, nanoTime);
    }

    /** The same for a part of the cells. */
    public StudyOptions withShard(Shard newShard) {
        return new StudyOptions(directory, newShard, resume, threads, cancellation, listener, nanoTime);
    }

    /** The same, going on with what is there or not. */
    public StudyOptions withResume(boolean newResume) {
        return new StudyOptions(directory, shard, newResume, threads, cancellation, listener, nanoTime);
    }

    /** The same with a clock. */
    public StudyOptions withNanoTime(LongSupplier newNanoTime) {
        return new StudyOptions(directory, shard, resume, threads, cancellation, listener, newNanoTime);
    }
}
