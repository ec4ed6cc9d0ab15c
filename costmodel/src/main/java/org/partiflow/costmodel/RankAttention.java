package org.partiflow.costmodel;

import org.jspecify.annotations.Nullable;
import org.partiflow.api.cost.StepLoad;
import org.partiflow.api.model.Attention;
import org.partiflow.api.model.Sharding;
import org.partiflow.api.model.TransformerModel;

/** Time of attention in one layer on one rank. Immutable; no allocation per call. */
final class RankAttention {
    private final double secondsPerPair;
    private final double secondsPerPromptToken;
    private final double secondsPerContextToken;
    private final RankTables.@Nullable AttentionTables fitted;

    RankAttention(AttentionLaw law, TransformerModel model, int degree, RankTables.@Nullable AttentionTables fitted) {
        this.fitted = fitted;
        Attention attention = model.attention();
        Attention.Latent latent = attention.latent();
        double cacheBytes = Sharding.kvBytesPerTokenPerGpu(model, 1, degree);
        double queryAndOutput = latent == null
                ? 2.0 * attention.heads() * attention.headDim()
                : attention.heads() * ((double) attention.headDim() + latent.ropeDim() + latent.valueDim());
        this.secondsPerPair = law.prefillSeconds(attention.flopPerPair() / degree, 0);
        this.secondsPerPromptToken = law.prefillSeconds(0, 2 * queryAndOutput / degree + cacheBytes);
        // Homogeneous in the context.
        this.secondsPerContextToken = latent == null
                ? law.decodeSeconds(attention.flopPerPair() / degree, cacheBytes)
                : law.latentDecodeSeconds(absorbedFlop(attention, latent) / degree, cacheBytes);
    }

    /**
     * FLOPs of one query row against one cached token in the latent space (absorbed projections): scores over rank and
     * rotary part, values over the rank, for every head. Per pair this is more than with expanded keys and values, but
     * expanding costs {@code 2 rank heads (head width + value width)} for each cached token, which one row does not repay.
     */
    private static double absorbedFlop(Attention attention, Attention.Latent latent) {
        return 2.0 * attention.heads() * (2.0 * latent.kvRank() + latent.ropeDim());
    }

    double seconds(StepLoad load) {
        if (fitted != null) {
            return fitted.prefill().at(load.promptTokens(), load.promptPairs())
                    + fitted.decode().at(load.sequences(), load.contextTokens());
        }
        return secondsPerPair * load.promptPairs()
                + secondsPerPromptToken * load.promptTokens()
                + secondsPerContextToken * load.contextTokens();
    }
}
