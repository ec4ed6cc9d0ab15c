package org.partiflow.costmodel;

/**
 * Fixed times of an inference engine: what its host program and the start-up of its kernels add to a forward pass through
 * one stage, however fast the GPU is. Seconds, finite, not negative. Immutable.
 *
 * @param stepSeconds per forward pass and stage: scheduling, input preparation, sampling that is not hidden
 * @param layerSeconds per layer: start-up of its kernels, which neither batch size nor tensor parallelism shortens
 * @param requestSeconds per prompt or decoding sequence of a pass: bookkeeping that is not hidden
 * @param innerDimensionSeconds per element of a matrix product's inner dimension: the serial loop of one output tile
 */
public record EngineOverheads(
        double stepSeconds, double layerSeconds, double requestSeconds, double innerDimensionSeconds) {
    /**
     * vLLM under CUDA graphs. Step: residual of vLLM's H100 FP8 Llama-3.1-70B time per output token at low concurrency
     * (aiconfigurator silicon samples). Layer: four matrix products at 4.5 us, attention at 12 us, four element-wise
     * kernels at 2.3 us (fits to aiconfigurator and Vidur kernels). Inner dimension: fit to aiconfigurator's bfloat16
     * products.
     */
    public static final EngineOverheads DEFAULT = new EngineOverheads(0.8e-3, 39e-6, 0, 0.25e-9);

    /** Rejects negative, infinite and NaN times. */
    public EngineOverheads {
        if (!isTime(stepSeconds)
                || !isTime(layerSeconds)
                || !isTime(requestSeconds)
                || !isTime(innerDimensionSeconds)) {
            throw new IllegalArgumentException("overheads must be finite and not negative, got " + stepSeconds + ", "
                    + layerSeconds + ", " + requestSeconds + ", " + innerDimensionSeconds);
        }
    }

    /** Seconds of one forward pass that do not depend on the layers. */
    double passSeconds(double requests) {
        return stepSeconds + requests * requestSeconds;
    }

    private static boolean isTime(double seconds) {
        return seconds >= 0 && seconds < Double.POSITIVE_INFINITY;
    }
}
