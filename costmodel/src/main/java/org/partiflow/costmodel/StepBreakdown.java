package org.partiflow.costmodel;

/**
 * What a predicted step is made of, seconds each, on the GPU type that sets the pace. Immutable.
 *
 * @param gemmSeconds projections, feed-forward blocks and experts
 * @param attentionSeconds attention over prompts and caches
 * @param elementwiseSeconds norms, rotary embedding, activations
 * @param embeddingAndHeadSeconds input embedding and output head
 * @param communicationSeconds tensor-parallel communication
 * @param overheadSeconds kernel start-ups and the engine's fixed work
 */
public record StepBreakdown(
        double gemmSeconds,
        double attentionSeconds,
        double elementwiseSeconds,
        double embeddingAndHeadSeconds,
        double communicationSeconds,
        double overheadSeconds) {
    /** A pass without tokens. */
    static final StepBreakdown NOTHING = new StepBreakdown(0, 0, 0, 0, 0, 0);

    /** The step's time. */
    public double totalSeconds() {
        return gemmSeconds
                + attentionSeconds
                + elementwiseSeconds
                + embeddingAndHeadSeconds
                + communicationSeconds
                + overheadSeconds;
    }
}
