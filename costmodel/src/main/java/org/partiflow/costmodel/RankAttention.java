package org.partiflow.costmodel;

import org.partiflow.api.cost.StepLoad;
import org.partiflow.api.model.Attention;
import org.partiflow.api.model.Sharding;
import org.partiflow.api.model.TransformerModel;

/** Time of attention in one layer on one rank. Immutable; no allocation per call. */
final class RankAttention {
    private final AttentionLaw law;
    private final double prefillFlopPerPair;
    private final double decodeFlopPerPair;
    private final double activationBytesPerToken;
    private final double cacheBytesPerToken;

    RankAttention(AttentionLaw law, TransformerModel model, int degree) {
        Attention attention = model.attention();
        Attention.Latent latent = attention.latent();
        this.law = law;
        this.prefillFlopPerPair = attention.flopPerPair() / degree;
        // Decoding from a latent cache works in the latent space: scores over rank and rotary part, values over rank.
        this.decodeFlopPerPair = latent == null
                ? prefillFlopPerPair
                : Math.max(
                                attention.flopPerPair(),
                                2.0 * attention.heads() * (2.0 * latent.kvRank() + latent.ropeDim()))
                        / degree;
        this.cacheBytesPerToken = Sharding.kvBytesPerTokenPerGpu(model, 1, degree);
        double queryAndOutput = latent == null
                ? 2.0 * attention.heads() * attention.headDim()
                : attention.heads() * ((double) attention.headDim() + latent.ropeDim() + latent.valueDim());
        this.activationBytesPerToken = 2 * queryAndOutput / degree + cacheBytesPerToken;
    }

    double seconds(StepLoad load) {
        return law.prefillSeconds(
                        prefillFlopPerPair * load.promptPairs(), activationBytesPerToken * load.promptTokens())
                + law.decodeSeconds(
                        decodeFlopPerPair * load.contextTokens(), cacheBytesPerToken * load.contextTokens());
    }
}
