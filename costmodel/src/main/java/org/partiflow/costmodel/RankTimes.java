package org.partiflow.costmodel;

import org.jspecify.annotations.Nullable;
import org.partiflow.api.cluster.GpuType;
import org.partiflow.api.cluster.Link;

/** Where fitted times of ranks come from. Implementations are deterministic and thread-safe. */
@FunctionalInterface
public interface RankTimes {
    /** No fitted times: the roofline's laws throughout. */
    RankTimes NONE = (type, degree) -> RankTables.NONE;

    /**
     * Fitted times of a rank.
     *
     * @param type the GPU
     * @param degree GPUs that share each layer
     */
    RankTables of(GpuType type, int degree);

    /**
     * Fitted all-reduces among GPUs of this type behind a link; {@code null} for the roofline's law. Never faster over a
     * slower link of the same kind.
     *
     * @param type the GPU
     * @param degree GPUs that take part
     * @param link the slowest connection between two of them
     */
    default @Nullable ByteTable allReduce(GpuType type, int degree, Link link) {
        return null;
    }
}
