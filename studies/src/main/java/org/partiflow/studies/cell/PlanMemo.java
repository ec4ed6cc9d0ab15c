package org.partiflow.studies.cell;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * Remembers the latest results by key, so that cells that share a plan make it once; who needs a result that another thread
 * is making waits for it. Thread-safe; at most {@code capacity} results.
 */
final class PlanMemo<K, V> {
    private final Map<K, FutureTask<V>> latest;

    PlanMemo(int capacity) {
        latest = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, FutureTask<V>> eldest) {
                return size() > capacity;
            }
        };
    }

    /** The result for a key; what the supplier throws is thrown to all who ask for it. */
    V get(K key, Supplier<V> supplier) {
        FutureTask<V> own = new FutureTask<>(supplier::get);
        FutureTask<V> task;
        synchronized (latest) {
            FutureTask<V> known = latest.putIfAbsent(key, own);
            task = known == null ? own : known;
        }
        if (task == own) {
            own.run();
        }
        return result(task);
    }

    private static <V> V result(FutureTask<V> task) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    Throwable cause = e.getCause();
                    if (cause instanceof RuntimeException failure) {
                        throw failure;
                    }
                    if (cause instanceof Error error) {
                        throw error;
                    }
                    throw new IllegalStateException("a supplier throws no checked exception", cause);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
