package org.partiflow.api.model;

/**
 * The attention block of a layer.
 *
 * @param heads query heads
 * @param kvHeads key/value heads; equal to {@code heads} for multi-head attention; ignored by latent attention
 * @param headDim width of a query/key head (latent attention: without the rotary part)
 * @param latent compressed KV (MLA); {@code null} for multi-head and grouped-query attention
 */
public record Attention(
        int heads,
        int kvHeads,
        int headDim,
        @org.jspecify.annotations.Nullable Latent latent) {
    /**
     * Multi-head latent attention (DeepSeek).
     *
     * @param kvRank width of the compressed KV vector
     * @param queryRank width of the compressed query; 0 where queries are not compressed
     * @param ropeDim width of the rotary part, shared by all heads
     * @param valueDim width of a value head
     */
    public record Latent(int kvRank, int queryRank, int ropeDim, int valueDim) {
        /** Rejects widths that are not positive (the query rank may be 0). */
        public Latent {
            if (kvRank < 1 || queryRank < 0 || ropeDim < 1 || valueDim < 1) {
                throw new IllegalArgumentException("latent attention needs positive widths");
            }
        }
    }

    /** Rejects widths that are not positive and heads that KV heads do not divide. */
    public Attention {
        if (heads < 1 || kvHeads < 1 || headDim < 1) {
            throw new IllegalArgumentException("attention needs positive heads and head width");
        }
        if (heads % kvHeads != 0) {
            throw new IllegalArgumentException(heads + " heads are not a multiple of " + kvHeads + " KV heads");
        }
    }

    /** Parameters of the query, key, value and output projections. */
    public long parameters(int hidden) {
        if (latent == null) {
            return (long) hidden * headDim * (2L * heads + 2L * kvHeads);
        }
        long queryWidth = (long) heads * (headDim + latent.ropeDim());
        long query = latent.queryRank() == 0
                ? hidden * queryWidth
                : (long) latent.queryRank() * hidden + latent.queryRank() * queryWidth;
        long compress = (long) hidden * (latent.kvRank() + latent.ropeDim());
        long expand = (long) latent.kvRank() * heads * (headDim + latent.valueDim());
        return query + compress + expand + (long) heads * latent.valueDim() * hidden;
    }

    /** Elements that one token leaves in the KV cache of one layer, on all ranks together and without replication. */
    public int kvElementsPerToken() {
        return latent == null ? 2 * kvHeads * headDim : latent.kvRank() + latent.ropeDim();
    }

    /** FLOPs of score and value products for one query token against one cached token, all heads. */
    public double flopPerPair() {
        if (latent == null) {
            return 4.0 * heads * headDim;
        }
        return 2.0 * heads * (headDim + latent.ropeDim() + latent.valueDim());
    }
}
