package org.partiflow.testkit;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.partiflow.api.model.Attention;
import org.partiflow.api.model.FeedForward;
import org.partiflow.api.model.Precision;
import org.partiflow.api.model.TransformerModel;

/** Models to test with: published shapes in 16 bits, and a generator of small ones. Stateless and thread-safe. */
public final class Models {
    private Models() {}

    /** Llama-2-70B: 80 layers, grouped-query attention. */
    public static TransformerModel llama2_70b() {
        return dense("llama-2-70b", 80, 8192, new Attention(64, 8, 128, null), 28672, true, 32000, false, 4096);
    }

    /** Llama-2-7B: 32 layers, multi-head attention. */
    public static TransformerModel llama2_7b() {
        return dense("llama-2-7b", 32, 4096, new Attention(32, 32, 128, null), 11008, true, 32000, false, 4096);
    }

    /** OPT-30B: 48 layers, multi-head attention, ungated feed-forward, tied embeddings. */
    public static TransformerModel opt30b() {
        return dense("opt-30b", 48, 7168, new Attention(56, 56, 128, null), 28672, false, 50272, true, 2048);
    }

    /** Dense models of about 10 million to 3 billion parameters: 1 to 16 layers, multi-head or grouped-query attention. */
    public static Arbitrary<TransformerModel> small() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 16),
                        Arbitraries.of(4, 8, 16, 32),
                        Arbitraries.of(1, 2, 4),
                        Arbitraries.of(64, 128),
                        Arbitraries.of(2, 3, 4),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false))
                .as((layers, heads, queriesPerKv, headDim, widening, gated, tied) -> {
                    int hidden = heads * headDim;
                    Attention attention = new Attention(heads, heads / queriesPerKv, headDim, null);
                    return dense("small", layers, hidden, attention, widening * hidden, gated, 32000, tied, 4096);
                });
    }

    private static TransformerModel dense(
            String name,
            int layers,
            int hidden,
            Attention attention,
            int intermediate,
            boolean gated,
            int vocabulary,
            boolean tied,
            int maxPosition) {
        return new TransformerModel(
                name,
                layers,
                hidden,
                attention,
                new FeedForward(intermediate, gated, null),
                vocabulary,
                tied,
                maxPosition,
                Precision.FP16,
                Precision.FP16);
    }
}
