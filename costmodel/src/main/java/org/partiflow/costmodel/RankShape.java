package org.partiflow.costmodel;

import org.partiflow.api.model.Attention;
import org.partiflow.api.model.FeedForward;
import org.partiflow.api.model.Sharding;
import org.partiflow.api.model.TransformerModel;

/**
 * Sizes of one layer on one tensor-parallel rank. Parameters are those the rank holds and multiplies; a share that is
 * replicated rather than sharded counts in full, so that no degree speeds a layer up by more than itself.
 *
 * @param denseParameters attention projections, dense or shared feed-forward, router
 * @param expertParameters one routed expert; 0 without experts
 * @param experts routed experts; 0 without
 * @param busiest routed experts that a token visits on the busiest rank
 * @param gemmWidth elements that matrix products outside routed experts read and write per token
 * @param expertWidth elements that the routed experts' products read and write per token
 * @param elementwiseWidth elements that norms, rotary embedding and activation read and write per token
 * @param innerDimensions sum of the products' inner dimensions
 */
record RankShape(
        double denseParameters,
        double expertParameters,
        int experts,
        double busiest,
        double gemmWidth,
        double expertWidth,
        double elementwiseWidth,
        double innerDimensions) {

    /**
     * Sizes of layer {@code layer} of {@code model} at tensor-parallel degree {@code degree}.
     *
     * @param visited routed experts as the busiest rank sees them
     */
    static RankShape of(TransformerModel model, int layer, int degree, VisitedExperts visited) {
        FeedForward ffn = model.feedForward();
        FeedForward.Experts moe = ffn.hasExperts(layer) ? ffn.experts() : null;
        double hidden = model.hidden();
        double columns = ffn.gated() ? 2 : 1;
        double dense = (moe == null ? ffn.intermediate() : moe.sharedIntermediate()) / (double) degree;
        double routed = moe == null ? 0 : moe.intermediate() / (visited.whole() ? 1.0 : degree);
        double busiest = moe == null ? 0 : visited.perToken();
        double router = moe == null ? 0 : hidden * moe.count();
        double projections = projectionWidth(model, degree);
        double blocks = dense > 0 ? 2 * hidden : 0;
        return new RankShape(
                attentionParameters(model, degree) + ffn.matrices() * hidden * dense + router,
                ffn.matrices() * hidden * routed,
                moe == null ? 0 : moe.count(),
                busiest,
                2 * hidden + projections + blocks + (columns + 1) * dense + (moe == null ? 0 : hidden + moe.count()),
                busiest * (2 * hidden + (columns + 1) * routed),
                8 * hidden + projections + (columns + 1) * (dense + busiest * routed),
                2 * hidden + projections / 2 + dense + routed);
    }

    private static double attentionParameters(TransformerModel model, int degree) {
        Attention attention = model.attention();
        double all = attention.parameters(model.hidden());
        Attention.Latent latent = attention.latent();
        double replicated = latent == null
                ? 2.0
                        * model.hidden()
                        * attention.kvHeads()
                        * attention.headDim()
                        * (Sharding.kvReplication(model, degree) - 1)
                        / degree
                : (double) model.hidden()
                        * (latent.kvRank() + latent.ropeDim() + latent.queryRank())
                        * (1 - 1.0 / degree);
        return all / degree + replicated;
    }

    /** Elements of queries, keys, values and attention output per token on one rank. */
    private static double projectionWidth(TransformerModel model, int degree) {
        Attention attention = model.attention();
        Attention.Latent latent = attention.latent();
        if (latent == null) {
            double kvHeads = attention.kvHeads() * Sharding.kvReplication(model, degree);
            return 2.0 * attention.headDim() * (attention.heads() + kvHeads) / degree;
        }
        double perHead = 2.0 * attention.headDim() + latent.ropeDim() + 2.0 * latent.valueDim();
        return attention.heads() * perHead / degree + latent.kvRank() + latent.ropeDim() + latent.queryRank();
    }
}
