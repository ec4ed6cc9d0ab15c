package org.partiflow.api.model;

/**
 * A decoder-only transformer.
 *
 * @param name shown in plans and reports
 * @param layers number of layers
 * @param hidden width of the residual stream
 * @param attention attention block of every layer
 * @param feedForward feed-forward block
 * @param vocabulary number of token ids
 * @param tiedEmbeddings whether input embedding and output head share weights
 * @param maxPosition longest context, tokens
 * @param weights number format of the weights
 * @param kv number format of the KV cache
 */
public record TransformerModel(
        String name,
        int layers,
        int hidden,
        Attention attention,
        FeedForward feedForward,
        int vocabulary,
        boolean tiedEmbeddings,
        int maxPosition,
        Precision weights,
        Precision kv) {
    /** Rejects counts that are not positive. */
    public TransformerModel {
        if (layers < 1 || hidden < 1 || vocabulary < 1 || maxPosition < 1) {
            throw new IllegalArgumentException(
                    "model '" + name + "' needs positive layers, hidden width, vocabulary and context");
        }
    }

    /** The same model in other number formats. */
    public TransformerModel withPrecision(Precision newWeights, Precision newKv) {
        return new TransformerModel(
                name,
                layers,
                hidden,
                attention,
                feedForward,
                vocabulary,
                tiedEmbeddings,
                maxPosition,
                newWeights,
                newKv);
    }

    /** Parameters of one layer (matrices and the two norms). */
    public long layerParameters(int layer) {
        return attention.parameters(hidden) + feedForward.parameters(hidden, layer) + 2L * hidden;
    }

    /** Parameters of one embedding matrix; the output head has as many. */
    public long embeddingParameters() {
        return (long) vocabulary * hidden;
    }

    /** All stored parameters. */
    public long parameters() {
        long total = embeddingParameters() * (tiedEmbeddings ? 1 : 2);
        for (int layer = 0; layer < layers; layer++) {
            total += layerParameters(layer);
        }
        return total;
    }

    /** Bytes that one token leaves in the KV cache of one layer, without replication. */
    public double kvBytesPerTokenPerLayer() {
        return attention.kvElementsPerToken() * kv.bytes();
    }

    /** Bytes that one token leaves in the KV cache of the whole model, without replication. */
    public double kvBytesPerToken() {
        return layers * kvBytesPerTokenPerLayer();
    }
}
