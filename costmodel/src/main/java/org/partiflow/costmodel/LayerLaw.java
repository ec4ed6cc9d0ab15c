package org.partiflow.costmodel;

import org.partiflow.api.model.Precision;

/**
 * Time of everything but attention in one layer on one rank, as a function of the tokens of the pass. Immutable; no
 * allocation per call.
 */
final class LayerLaw {
    /** Top-k, sorting tokens by expert and combining, seconds per layer of experts; about six small kernels. */
    private static final double ROUTING_SECONDS = 15e-6;

    /** Norms, rotary embedding and activations reach half of the memory bandwidth (fits 0.48 to 0.74). */
    private static final double ELEMENTWISE_BANDWIDTH = 0.5;

    private static final double ACTIVATION_BYTES = 2;
    private static final int PRODUCTS = 4;

    private final GemmLaw gemm;
    private final RankShape shape;
    private final double weightBytes;
    private final double elementwiseSecondsPerToken;
    private final double fixedSeconds;

    LayerLaw(GemmLaw gemm, RankShape shape, Precision weights, double memoryBytesPerSecond, EngineOverheads overheads) {
        this.gemm = gemm;
        this.shape = shape;
        this.weightBytes = weights.bytes();
        this.elementwiseSecondsPerToken =
                shape.elementwiseWidth() * ACTIVATION_BYTES / (memoryBytesPerSecond * ELEMENTWISE_BANDWIDTH);
        this.fixedSeconds = overheads.layerSeconds()
                + shape.innerDimensions() * overheads.innerDimensionSeconds()
                + (weights == Precision.FP8 ? PRODUCTS * GemmLaw.QUANTISE_SECONDS : 0)
                + (shape.experts() == 0 ? 0 : ROUTING_SECONDS);
    }

    double fixedSeconds() {
        return fixedSeconds;
    }

    double gemmSeconds(double tokens) {
        double dense = gemm.seconds(
                2 * shape.denseParameters() * tokens,
                shape.denseParameters() * weightBytes + shape.gemmWidth() * ACTIVATION_BYTES * tokens);
        return shape.experts() == 0 ? dense : dense + expertSeconds(tokens);
    }

    double elementwiseSeconds(double tokens) {
        return elementwiseSecondsPerToken * tokens;
    }

    private double expertSeconds(double tokens) {
        double flop = 2 * shape.expertParameters() * shape.active() * tokens;
        double weights = shape.expertParameters() * shape.touchedExperts(tokens) * weightBytes;
        return gemm.seconds(flop, weights + shape.expertWidth() * ACTIVATION_BYTES * tokens);
    }
}
