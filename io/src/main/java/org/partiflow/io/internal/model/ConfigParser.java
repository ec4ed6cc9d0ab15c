package org.partiflow.io.internal.model;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.model.Attention;
import org.partiflow.api.model.FeedForward;
import org.partiflow.api.model.TransformerModel;
import org.partiflow.io.internal.tree.FieldReader;

/**
 * Reads a HuggingFace {@code config.json}. Stateless.
 *
 * <p>Understood are dense models with multi-head or grouped-query attention (Llama, Qwen, Mistral, Gemma, OPT, GPT-2,
 * GPT-J, GPT-NeoX, Bloom, Falcon), mixtures of experts (Mixtral, Qwen, DeepSeek, Llama 4, gpt-oss) and latent attention
 * (DeepSeek). Left out of the parameters: biases, learned positions, narrower embeddings ({@code word_embed_proj_dim})
 * and multi-token prediction. A sliding window is not used: the KV cache is then counted too large, never too small.
 */
public final class ConfigParser {
    static final int MAX_LAYERS = 10_000;
    static final int MAX_HEADS = 1 << 16;
    static final int MAX_HEAD_DIM = 1 << 13;
    static final int MAX_WIDTH = 1_000_000;
    static final int MAX_VOCABULARY = 100_000_000;

    /** Families whose configurations leave {@code tie_word_embeddings} out because it is on. */
    private static final Set<String> TIED = Set.of(
            "opt", "gpt2", "gpt_bigcode", "bloom", "falcon", "gemma", "gemma2", "gemma3", "gemma3_text", "cohere");

    private ConfigParser() {}

    /** Reads the configuration; null when problems were added. */
    public static @Nullable TransformerModel parse(FieldReader root, String name) {
        FieldReader config =
                root.has("text_config") && !root.has(Keys.layers(root)) ? root.object("text_config") : root;
        String type = config.text("model_type", root.text("model_type", ""));
        rejectUnsupported(config);
        int layers = config.integer(Keys.layers(config), 1, MAX_LAYERS);
        int hidden = config.integer(Keys.first(config, "hidden_size", "n_embd", "d_model"), 1, MAX_WIDTH);
        int vocabulary = config.integer("vocab_size", 1, MAX_VOCABULARY);
        int context = context(config);
        Attention attention = AttentionParser.parse(config, hidden);
        FeedForward feedForward = FeedForwardParser.parse(config, type, hidden, layers);
        boolean tied = config.flag("tie_word_embeddings", root.flag("tie_word_embeddings", TIED.contains(type)));
        PrecisionParser.Formats formats = PrecisionParser.parse(root, config);
        if (attention == null || feedForward == null) {
            return null;
        }
        return root.buildOpen(() -> new TransformerModel(
                name,
                layers,
                hidden,
                attention,
                feedForward,
                vocabulary,
                tied,
                context,
                formats.weights(),
                formats.kv()));
    }

    private static int context(FieldReader config) {
        String key = Keys.first(config, "max_position_embeddings", "n_positions", "n_ctx", "max_seq_len", "seq_length");
        return config.integer(key, 1, Integer.MAX_VALUE);
    }

    private static void rejectUnsupported(FieldReader config) {
        if (config.isList("layer_types")
                && config.texts("layer_types").stream().anyMatch(t -> t.contains("linear") || t.contains("mamba"))) {
            config.problem(
                    "layer_types", "layers without a KV cache are not supported; choose a model of attention layers");
        }
    }
}
