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
        // Decoding from a latent cache works in the latent space: scores over rank and rotary part, values over rank.
        double decodeFlop = latent == null
                ? attention.flopPerPair()
                : Math.max(
                        attention.flopPerPair(), 2.0 * attention.heads() * (2.0 * latent.kvRank() + latent.ropeDim()));
        this.secondsPerPair = law.prefillSeconds(attention.flopPerPair() / degree, 0);
        this.secondsPerPromptToken = law.prefillSeconds(0, 2 * queryAndOutput / degree + cacheBytes);
        this.secondsPerContextToken = law.decodeSeconds(decodeFlop / degree, cacheBytes); // homogeneous in the context
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
