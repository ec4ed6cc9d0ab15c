package org.partiflow.costmodel;

import org.partiflow.api.cluster.GpuType;
import org.partiflow.api.cost.StepLoad;
import org.partiflow.api.model.Precision;
import org.partiflow.api.model.TransformerModel;

/**
 * Time of a forward pass on one rank of a given GPU type, without communication. Immutable; no allocation per call.
 */
final class RankLaw {
    private final LayerLaw dense;
    private final LayerLaw experts;
    private final RankAttention attention;
    private final double attentionStartSeconds;
    private final TokenCurve head;
    private final double embeddingSecondsPerToken;

    RankLaw(ModelLayers layers, int degree, GpuType type, Calibration calibration, RankTables fitted) {
        TransformerModel model = layers.model();
        LayerKinds kinds = layers.kinds();
        VisitedExperts visited = layers.visits().on(degree);
        GpuEfficiency efficiency = calibration.efficiency(type);
        GemmLaw gemm = GemmLaw.of(type, efficiency, model.weights());
        double memory = type.memoryBandwidth().bytesPerSecond();
        Precision weights = model.weights();
        EngineOverheads overheads = calibration.overheads();
        RankTables.AttentionTables attending = fitted.attention();
        this.attentionStartSeconds = attending == null ? AttentionLaw.KERNEL_SECONDS : attending.startSeconds();
        double moreStart = attentionStartSeconds - AttentionLaw.KERNEL_SECONDS;
        RankShape denseShape = RankShape.of(model, kinds.aDenseLayer(), degree, visited);
        RankShape expertShape = RankShape.of(model, kinds.anExpertLayer(), degree, visited);
        this.dense = new LayerLaw(gemm, denseShape, visited, weights, memory, overheads).with(fitted, moreStart);
        this.experts =
                new LayerLaw(gemm, expertShape, visited, weights, memory, overheads).with(RankTables.NONE, moreStart);
        this.attention = new RankAttention(AttentionLaw.of(type, efficiency), model, degree, attending);
        // Embedding and output head stay in 16 bits, as Sharding has it.
        double headParameters = (double) model.embeddingParameters() / degree;
        this.head = GemmLaw.of(type, efficiency, Precision.FP16)
                .curve(
                        2 * headParameters,
                        headParameters * Precision.FP16.bytes(),
                        2 * (model.hidden() + (double) model.vocabulary() / degree));
        this.embeddingSecondsPerToken = 2.0 * Precision.FP16.bytes() * model.hidden() / memory;
    }

    double gemmSeconds(int denseLayers, int expertLayers, double tokens) {
        return (denseLayers == 0 ? 0 : denseLayers * dense.gemmSeconds(tokens))
                + (expertLayers == 0 ? 0 : expertLayers * experts.gemmSeconds(tokens));
    }

    double elementwiseSeconds(int denseLayers, int expertLayers, double tokens) {
        return denseLayers * dense.elementwiseSeconds(tokens) + expertLayers * experts.elementwiseSeconds(tokens);
    }

    double attentionSeconds(int layers, StepLoad load) {
        return layers * attention.seconds(load);
    }

    double fixedSeconds(int denseLayers, int expertLayers) {
        return denseLayers * dense.fixedSeconds() + expertLayers * experts.fixedSeconds();
    }

    /** The part of {@link #fixedSeconds} that attention takes in each layer. */
    double attentionStartSeconds() {
        return attentionStartSeconds;
    }

    double embeddingSeconds(double tokens) {
        return embeddingSecondsPerToken * tokens;
    }

    /** The output head over {@code rows} rows; an expectation below one row costs its share of reading the weights. */
    double headSeconds(double rows) {
        return head.seconds(rows, Math.min(1, rows));
    }

    /** Sum of all parts. */
    double seconds(int denseLayers, int expertLayers, boolean first, boolean last, StepLoad load) {
        double tokens = load.tokens();
        return gemmSeconds(denseLayers, expertLayers, tokens)
                + elementwiseSeconds(denseLayers, expertLayers, tokens)
                + attentionSeconds(denseLayers + expertLayers, load)
                + fixedSeconds(denseLayers, expertLayers)
                + (first ? embeddingSeconds(tokens) : 0)
                + (last ? headSeconds(load.prompts() + load.sequences()) : 0);
    }
}
