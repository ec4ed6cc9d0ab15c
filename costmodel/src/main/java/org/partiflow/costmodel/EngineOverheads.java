package org.partiflow.costmodel;

/**
 * Fixed times of an inference engine that replays CUDA graphs (vLLM-like). Seconds, finite, not negative. Immutable.
 *
 * @param stepSeconds per forward pass and stage: scheduling, input preparation, sampling that is not hidden
 * @param layerSeconds per layer: start-up of its kernels, which neither batch size nor tensor parallelism shortens
 * @param innerDimensionSeconds per element of a matrix product's inner dimension: the serial loop of one output tile
 */
public record EngineOverheads(double stepSeconds, double layerSeconds, double innerDimensionSeconds) {
    /**
     * Step: residual of vLLM's H100 FP8 Llama-3.1-70B time per output token at low concurrency (aiconfigurator silicon
     * samples). Layer: four matrix products at 4.5 us, attention at 12 us, four element-wise kernels at 2.3 us (fits to
     * aiconfigurator and Vidur kernels). Inner dimension: fit to aiconfigurator's bfloat16 products.
     */
    public static final EngineOverheads DEFAULT = new EngineOverheads(0.8e-3, 39e-6, 0.25e-9);

    /** Rejects negative, infinite and NaN times. */
    public EngineOverheads {
        if (!isTime(stepSeconds) || !isTime(layerSeconds) || !isTime(innerDimensionSeconds)) {
            throw new IllegalArgumentException("overheads must be finite and not negative, got " + stepSeconds + ", "
                    + layerSeconds + ", " + innerDimensionSeconds);
        }
    }

    private static boolean isTime(double seconds) {
        return seconds >= 0 && seconds < Double.POSITIVE_INFINITY;
    }
}
