package org.partiflow.costmodel;

import org.partiflow.api.cluster.GpuType;

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
}
