package org.partiflow.costmodel;

import org.jspecify.annotations.Nullable;

/**
 * Times of one rank that were fitted to measured kernels; where something is null the roofline's laws stand in. All
 * include the start-up of their kernels. Immutable.
 *
 * @param products matrix products of a dense layer, by tokens
 * @param elementwise norms, rotary embedding, activation and additions of a dense layer, by tokens
 * @param attention attention of a layer
 */
public record RankTables(
        @Nullable TokenTable products,
        @Nullable TokenTable elementwise,
        @Nullable AttentionTables attention) {
    /** Nothing fitted. */
    public static final RankTables NONE = new RankTables(null, null, null);

    /**
     * Fitted attention of one layer.
     *
     * @param startSeconds start-up of the kernels
     * @param prefill by prompt tokens and query-key pairs, without start-up
     * @param decode by sequences and cached tokens, without start-up
     */
    public record AttentionTables(double startSeconds, LoadTable prefill, LoadTable decode) {}
}
