package org.partiflow.api.model;

/**
 * What tensor parallelism leaves on one GPU: the definition that cost models, planners and checkers share. Stateless.
 *
 * <p>Attention is sharded by heads, feed-forward blocks and experts by columns, embeddings by vocabulary. KV heads are
 * replicated when there are more GPUs than KV heads; a latent (MLA) cache is replicated on every GPU.
 */
public final class Sharding {
    private Sharding() {}

    /**
     * Whether {@code degree} GPUs can share one layer: heads divide evenly, KV heads divide or replicate evenly, and so
     * do the feed-forward columns.
     */
    public static boolean isLegal(TransformerModel model, int degree) {
        Attention attention = model.attention();
        if (degree < 1 || attention.heads() % degree != 0) {
            return false;
        }
        boolean kv =
                attention.latent() != null || attention.kvHeads() % degree == 0 || degree % attention.kvHeads() == 0;
        FeedForward.Experts experts = model.feedForward().experts();
        boolean columns = model.feedForward().intermediate() % degree == 0
                && (experts == null || experts.intermediate() % degree == 0);
        return kv && columns;
    }

    /** How often the cluster-wide KV of one layer is stored over {@code degree} GPUs: 1 without replication. */
    public static double kvReplication(TransformerModel model, int degree) {
        Attention attention = model.attention();
        return attention.latent() != null ? degree : Math.max(1.0, (double) degree / attention.kvHeads());
    }

    /**
     * Bytes of weights on each GPU of a stage.
     *
     * @param firstLayer first layer of the stage
     * @param layers number of its layers
     * @param degree tensor-parallel degree
     */
    public static double weightBytesPerGpu(TransformerModel model, int firstLayer, int layers, int degree) {
        double parameters = 0;
        double replicatedKv = replicatedAttentionParameters(model, degree);
        for (int layer = firstLayer; layer < firstLayer + layers; layer++) {
            parameters += (double) model.layerParameters(layer) / degree + replicatedKv;
        }
        boolean first = firstLayer == 0;
        boolean last = firstLayer + layers == model.layers();
        double embeddings = (first ? 1 : 0) + (last && !(first && model.tiedEmbeddings()) ? 1 : 0);
        // Embeddings stay in 16 bits in every quantised checkpoint that is in common use.
        double embeddingBytes = embeddings * model.embeddingParameters() / degree * Precision.FP16.bytes();
        return parameters * model.weights().bytes() + embeddingBytes;
    }

    /** Bytes that one token leaves in the KV cache of each GPU of a stage with {@code layers} layers. */
    public static double kvBytesPerTokenPerGpu(TransformerModel model, int layers, int degree) {
        return layers * model.kvBytesPerTokenPerLayer() * kvReplication(model, degree) / degree;
    }

    /**
     * Bytes of activations on each GPU at {@code tokens} batched tokens: four copies of the residual stream and two of
     * the widest sharded intermediate, in 16 bits.
     */
    public static double activationBytesPerGpu(TransformerModel model, int tokens, int degree) {
        FeedForward ffn = model.feedForward();
        FeedForward.Experts experts = ffn.experts();
        double routed =
                experts == null ? 0 : (double) experts.active() * experts.intermediate() + experts.sharedIntermediate();
        double widest = Math.max(Math.max(ffn.intermediate(), routed), 3.0 * model.hidden());
        return Precision.FP16.bytes() * tokens * (4.0 * model.hidden() + 2.0 * widest / degree);
    }

    /** Key and value projections that are copied rather than sharded, parameters per GPU and layer. */
    private static double replicatedAttentionParameters(TransformerModel model, int degree) {
        Attention attention = model.attention();
        if (attention.latent() != null) {
            double compress = (double) model.hidden()
                    * (attention.latent().kvRank()
                            + attention.latent().ropeDim()
                            + attention.latent().queryRank());
            return compress * (1 - 1.0 / degree);
        }
        double projections = 2.0 * model.hidden() * attention.kvHeads() * attention.headDim();
        return projections * (kvReplication(model, degree) - 1) / degree;
    }
}
