package org.partiflow.io.internal.model;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.model.Attention;
import org.partiflow.io.internal.tree.FieldReader;

/** Reads the attention block. Stateless. */
final class AttentionParser {
    private AttentionParser() {}

    static @Nullable Attention parse(FieldReader config, int hidden) {
        int heads = config.integer(
                Keys.first(config, "num_attention_heads", "n_head", "n_heads"), 1, ConfigParser.MAX_HEADS);
        int kvHeads = kvHeads(config, heads);
        if (config.has("kv_lora_rank")) {
            return latent(config, heads, kvHeads);
        }
        OptionalInt headDim = config.findInteger("head_dim", 1, ConfigParser.MAX_HEAD_DIM);
        if (headDim.isEmpty() && hidden % heads != 0) {
            config.problem(
                    "head_dim",
                    "is missing, and hidden width " + hidden + " is not a multiple of " + heads + " heads; give it");
        }
        int dim = headDim.orElse(Math.max(1, hidden / heads));
        return config.buildOpen(() -> new Attention(heads, kvHeads, dim, null));
    }

    private static int kvHeads(FieldReader config, int heads) {
        boolean oneKvHead = config.flag("multi_query", false) && !config.flag("new_decoder_architecture", false);
        String key = Keys.first(config, "num_key_value_heads", "num_kv_heads", "n_head_kv");
        return config.findInteger(key, 1, ConfigParser.MAX_HEADS).orElse(oneKvHead ? 1 : heads);
    }

    private static @Nullable Attention latent(FieldReader config, int heads, int kvHeads) {
        int kvRank = config.integer("kv_lora_rank", 1, ConfigParser.MAX_WIDTH);
        int queryRank =
                config.findInteger("q_lora_rank", 0, ConfigParser.MAX_WIDTH).orElse(0);
        int rope = config.integer("qk_rope_head_dim", 1, ConfigParser.MAX_HEAD_DIM);
        int nope = config.integer("qk_nope_head_dim", 1, ConfigParser.MAX_HEAD_DIM);
        int value = config.integer("v_head_dim", 1, ConfigParser.MAX_HEAD_DIM);
        return config.buildOpen(
                () -> new Attention(heads, kvHeads, nope, new Attention.Latent(kvRank, queryRank, rope, value)));
    }
}
