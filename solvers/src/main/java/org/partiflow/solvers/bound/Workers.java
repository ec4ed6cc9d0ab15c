package org.partiflow.solvers.bound;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Runs independent tasks on the calling thread and some helpers. Results must not depend on which thread ran what.
 *
 * @param threads number of threads, the calling one included
 */
public record Workers(int threads) {
    /**
     * Runs {@code task} for 0, ..., {@code count - 1}.
     *
     * @param mayGoOn asked on the calling thread only
     * @return whether all were run
     */
    public boolean each(int count, BooleanSupplier mayGoOn, IntConsumer task) {
        AtomicBoolean stop = new AtomicBoolean();
        Thread[] helpers = IntStream.range(1, threads)
                .mapToObj(w -> new Thread(() -> every(w, count, stop::get, task), "partiflow-worker-" + w))
                .toArray(Thread[]::new);
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        for (Thread helper : helpers) {
            helper.setUncaughtExceptionHandler((thread, thrown) -> failure.compareAndSet(null, thrown));
            helper.start();
        }
        every(
                0,
                count,
                () -> {
                    if (!mayGoOn.getAsBoolean()) {
                        stop.set(true);
                    }
                    return stop.get();
                },
                task);
        boolean interrupted = false;
        for (Thread helper : helpers) {
            while (helper.isAlive()) {
                try {
                    helper.join();
                } catch (InterruptedException e) {
                    // A request to stop like any other; the flag is restored for the caller.
                    interrupted = true;
                    stop.set(true);
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (failure.get() != null) {
            throw new IllegalStateException("a task failed on a helper thread", failure.get());
        }
        return !stop.get();
    }

    private void every(int first, int count, BooleanSupplier stopped, IntConsumer task) {
        for (int i = first; i < count && !stopped.getAsBoolean(); i += threads) {
            task.accept(i);
        }
    }
}
