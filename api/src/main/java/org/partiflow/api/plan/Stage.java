package org.partiflow.api.plan;

import java.util.List;

/**
 * A pipeline stage: a tensor-parallel set of GPUs with a contiguous range of layers.
 *
 * @param gpus names of its GPUs, in rank order
 * @param firstLayer first layer, 0-based
 * @param lastLayer last layer, inclusive
 */
public record Stage(List<String> gpus, int firstLayer, int lastLayer) {
    /** Copies the list. */
    public Stage {
        gpus = List.copyOf(gpus);
    }

    /** Number of layers. */
    public int layers() {
        return lastLayer - firstLayer + 1;
    }

    /** Tensor-parallel degree. */
    public int degree() {
        return gpus.size();
    }
}
