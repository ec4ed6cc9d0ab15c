package org.partiflow.api.cost;

/** Times of one stage's hardware. Implementations are immutable and thread-safe, and do not allocate per call. */
@FunctionalInterface
public interface StageCost {
    /**
     * Seconds of one forward pass through consecutive layers, tensor-parallel communication and fixed overheads
     * included; also the embedding on the first layer's stage and the output head on the last layer's.
     *
     * <p>Finite and not negative; does not fall when any part of the load or the number of layers rises.
     *
     * @param firstLayer first layer, 0-based
     * @param layers number of layers, at least 1
     * @param load the work
     */
    double stepSeconds(int firstLayer, int layers, StepLoad load);
}
