package org.partiflow.io.internal.model;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.model.FeedForward;
import org.partiflow.io.internal.tree.FieldReader;

/** Reads the feed-forward block and its experts. Stateless. */
final class FeedForwardParser {
    private static final int MAX_INTERMEDIATE = 10_000_000;
    private static final int MAX_EXPERTS = 10_000;

    /** Families with two matrices per block; all others have gated units with three. */
    private static final Set<String> NOT_GATED = Set.of(
            "opt",
            "gpt2",
            "gptj",
            "gpt_neo",
            "gpt_neox",
            "gpt_bigcode",
            "bloom",
            "falcon",
            "mpt",
            "phi",
            "codegen",
            "starcoder2",
            "nemotron");

    private FeedForwardParser() {}

    static @Nullable FeedForward parse(FieldReader config, String type, int hidden, int layers) {
        boolean gated = !NOT_GATED.contains(type);
        String expertCount =
                Keys.first(config, "num_local_experts", "num_experts", "n_routed_experts", "moe_num_experts");
        int experts = config.findInteger(expertCount, 0, MAX_EXPERTS).orElse(0);
        int width = denseWidth(config, hidden, gated, experts > 1);
        if (experts <= 1) {
            return config.buildOpen(() -> new FeedForward(width, gated, null));
        }
        FeedForward.Experts moe = experts(config, experts, layers);
        return moe == null ? null : config.buildOpen(() -> new FeedForward(width, gated, moe));
    }

    private static int denseWidth(FieldReader config, int hidden, boolean gated, boolean experts) {
        String key = config.has("intermediate_size_mlp")
                ? "intermediate_size_mlp"
                : Keys.first(config, "intermediate_size", "ffn_dim", "n_inner");
        // GPT-2's n_inner is null, and Falcon and Bloom have no such field, where the block is four times as wide.
        if (!gated && !config.has(key)) {
            return 4 * hidden;
        }
        if (experts && !config.has(key)) {
            return config.integer("moe_intermediate_size", 1, MAX_INTERMEDIATE);
        }
        return config.integer(key, 1, MAX_INTERMEDIATE);
    }

    private static FeedForward.@Nullable Experts experts(FieldReader config, int count, int layers) {
        int active = config.integer(
                Keys.first(config, "num_experts_per_tok", "experts_per_token", "moe_top_k"), 1, MAX_EXPERTS);
        int width =
                config.integer(Keys.first(config, "moe_intermediate_size", "intermediate_size"), 1, MAX_INTERMEDIATE);
        long shared = (long) config.findInteger("n_shared_experts", 0, 1000).orElse(0) * width;
        if (config.has("shared_expert_intermediate_size")) {
            shared = config.integer("shared_expert_intermediate_size", 0, MAX_INTERMEDIATE);
        } else if (config.has("interleave_moe_layer_step")) {
            shared = width; // Llama 4: one shared expert as wide as a routed one.
        }
        if (shared > MAX_INTERMEDIATE) {
            config.problem("n_shared_experts", "make a shared width of " + shared + ", above " + MAX_INTERMEDIATE);
        }
        int sharedWidth = (int) Math.min(shared, MAX_INTERMEDIATE);
        ExpertLayers where = ExpertLayers.of(config, layers);
        return config.buildOpen(
                () -> new FeedForward.Experts(count, active, width, sharedWidth, where.first(), where.every()));
    }
}
