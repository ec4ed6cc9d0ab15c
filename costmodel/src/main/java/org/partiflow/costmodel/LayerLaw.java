package org.partiflow.costmodel;

import org.jspecify.annotations.Nullable;
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

    /** What {@link EngineOverheads#DEFAULT} holds for four element-wise kernels. */
    private static final double ELEMENTWISE_START_SECONDS = 9.2e-6;

    private final boolean hasExperts;
    private final VisitedExperts visited;
    private final TokenCurve dense;
    private final TokenCurve experts;
    private final double elementwiseSecondsPerToken;
    private final double productStartSeconds;
    private final double fixedSeconds;
    private final @Nullable TokenTable fittedProducts;
    private final @Nullable TokenTable fittedElementwise;

    LayerLaw(
            GemmLaw gemm,
            RankShape shape,
            VisitedExperts visited,
            Precision weights,
            double memoryBytesPerSecond,
            EngineOverheads overheads) {
        this.hasExperts = shape.experts() > 0;
        this.visited = visited;
        this.dense = gemm.curve(
                2 * shape.denseParameters(),
                shape.denseParameters() * weights.bytes(),
                shape.gemmWidth() * ACTIVATION_BYTES);
        this.experts = gemm.curve(
                2 * shape.expertParameters() * shape.busiest(),
                shape.expertParameters() * weights.bytes(),
                shape.expertWidth() * ACTIVATION_BYTES);
        this.elementwiseSecondsPerToken =
                shape.elementwiseWidth() * ACTIVATION_BYTES / (memoryBytesPerSecond * ELEMENTWISE_BANDWIDTH);
        this.fixedSeconds = overheads.layerSeconds()
                + shape.innerDimensions() * overheads.innerDimensionSeconds()
                + (weights == Precision.FP8 ? PRODUCTS * GemmLaw.QUANTISE_SECONDS : 0)
                + (shape.experts() == 0 ? 0 : ROUTING_SECONDS);
        this.productStartSeconds = PRODUCTS * GemmLaw.KERNEL_SECONDS
                + shape.innerDimensions() * overheads.innerDimensionSeconds()
                + (weights == Precision.FP8 ? PRODUCTS * GemmLaw.QUANTISE_SECONDS : 0);
        this.fittedProducts = null;
        this.fittedElementwise = null;
    }

    private LayerLaw(LayerLaw law, RankTables fitted, double moreStart) {
        this.hasExperts = law.hasExperts;
        this.visited = law.visited;
        this.dense = law.dense;
        this.experts = law.experts;
        this.elementwiseSecondsPerToken = law.elementwiseSecondsPerToken;
        this.productStartSeconds = law.productStartSeconds;
        this.fittedProducts = fitted.products();
        this.fittedElementwise = fitted.elementwise();
        this.fixedSeconds = Math.max(
                0,
                law.fixedSeconds
                        + moreStart
                        - (fittedProducts == null ? 0 : productStartSeconds)
                        - (fittedElementwise == null ? 0 : ELEMENTWISE_START_SECONDS));
    }

    /** This law with fitted tables, which hold their kernels' start-up, and {@code moreStart} of it elsewhere. */
    LayerLaw with(RankTables fitted, double moreStart) {
        return new LayerLaw(this, fitted, moreStart);
    }

    double fixedSeconds() {
        return fixedSeconds;
    }

    /** For {@code tokens} above zero. */
    double gemmSeconds(double tokens) {
        if (fittedProducts != null) {
            return fittedProducts.at(tokens);
        }
        double time = dense.seconds(tokens, 1);
        return hasExperts ? time + experts.seconds(tokens, visited.at(tokens)) : time;
    }

    double elementwiseSeconds(double tokens) {
        return fittedElementwise != null ? fittedElementwise.at(tokens) : elementwiseSecondsPerToken * tokens;
    }
}
