package org.partiflow.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.partiflow.io.Samples.bytes;
import static org.partiflow.io.Samples.problems;
import static org.partiflow.io.Samples.value;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.partiflow.api.model.FeedForward;
import org.partiflow.api.model.Precision;
import org.partiflow.api.model.TransformerModel;

class ModelReaderTest {
    private static final String LLAMA = """
            {"model_type": "llama", "hidden_size": 64, "intermediate_size": 256, "num_hidden_layers": 4,
             "num_attention_heads": 8, "vocab_size": 1000, "max_position_embeddings": 128, "torch_dtype": "bfloat16",
             "rope_theta": 10000.0, "bos_token_id": 1, "rope_scaling": null%s}
            """;

    private final ModelReader reader = new ModelReader();

    private TransformerModel llama(String extra) {
        return value(reader.read("config.json", bytes(LLAMA.formatted(extra))));
    }

    @ParameterizedTest
    @CsvSource({
        "opt-30b, 29.97",
        "llama-2-7b, 6.74",
        "llama-2-13b, 13.02",
        "llama-2-70b, 68.98",
        "llama-3.1-8b, 8.03",
        "llama-3.1-70b, 70.55",
        "mistral-7b, 7.24",
        "mixtral-8x7b, 46.70",
        "qwen3-8b, 8.19",
        "qwen3-32b, 32.76",
        "qwen3-235b-a22b, 235.09",
        "deepseek-v3, 671.03"
    })
    void parameterCountsAreThePublishedOnes(String name, double billions) {
        TransformerModel model = Catalogue.findModel(name).orElseThrow().value();
        assertThat(model.parameters() / 1e9).isCloseTo(billions, within(Math.max(0.011, 0.0005 * billions)));
    }

    @ParameterizedTest
    @CsvSource({
        "opt-30b, 1376256",
        "llama-3.1-70b, 327680",
        "qwen3-8b, 147456",
        "qwen3-235b-a22b, 192512",
        "deepseek-v3, 70272"
    })
    void kvBytesPerTokenAreThePublishedOnes(String name, double bytes) {
        assertThat(Catalogue.findModel(name).orElseThrow().value().kvBytesPerToken())
                .isEqualTo(bytes);
    }

    @Test
    void absentKvHeadsMeanMultiHeadAttention() {
        TransformerModel model = llama("");
        assertThat(model.attention().kvHeads()).isEqualTo(8);
        assertThat(model.attention().headDim()).isEqualTo(8);
        assertThat(model.weights()).isEqualTo(Precision.BF16);
        assertThat(model.tiedEmbeddings()).isFalse();
        assertThat(model.feedForward().gated()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"quant_method": "fp8"}                                  | FP8  | BF16
            {"quant_method": "gptq", "bits": 4}                      | INT4 | BF16
            {"quant_method": "gptq", "bits": 8}                      | FP8  | BF16
            {"quant_method": "awq"}                                  | INT4 | BF16
            {"quant_method": "bitsandbytes", "load_in_4bit": true}   | INT4 | BF16
            {"quant_method": "modelopt", "quant_algo": "FP8", "kv_cache_quant_algo": "FP8"} | FP8 | FP8
            {"quant_method": "compressed-tensors", "config_groups": {"group_0": {"weights": {"num_bits": 4}}}} | INT4 | BF16
            {"quant_method": "compressed-tensors", "config_groups": {"g": {"weights": {"num_bits": 8}}}, "kv_cache_scheme": {"num_bits": 8}} | FP8 | FP8
            """)
    void quantisationIsUnderstood(String quantization, Precision weights, Precision kv) {
        TransformerModel model = llama(", \"quantization_config\": " + quantization);
        assertThat(model.weights()).isEqualTo(weights);
        assertThat(model.kv()).isEqualTo(kv);
    }

    @Test
    void nestedTextConfigIsRead() {
        String nested = "{\"model_type\": \"vlm\", \"torch_dtype\": \"float16\", \"text_config\": "
                + LLAMA.formatted("").replace("\"torch_dtype\": \"bfloat16\",", "") + "}";
        TransformerModel model = value(reader.read("vlm.json", bytes(nested)));
        assertThat(model.layers()).isEqualTo(4);
        assertThat(model.weights()).isEqualTo(Precision.FP16);
        assertThat(model.name()).isEqualTo("vlm");
    }

    @Test
    void gpt2NamesAndItsNullWidthAreRead() {
        String gpt2 = "{\"model_type\": \"gpt2\", \"n_embd\": 768, \"n_layer\": 12, \"n_head\": 12, \"n_inner\": null,"
                + "\"n_positions\": 1024, \"vocab_size\": 50257}";
        TransformerModel model = value(reader.read("gpt2.json", bytes(gpt2)));
        assertThat(model.tiedEmbeddings()).isTrue();
        assertThat(model.parameters() / 1e6).isCloseTo(123.6, within(0.2));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "decoder_sparse_step": 2                                 | 1 | 2
            "mlp_only_layers": [0]                                   | 1 | 1
            "first_k_dense_replace": 3, "moe_layer_freq": 1          | 3 | 1
            "first_k_dense_replace": 1, "moe_layer_freq": 2          | 2 | 2
            "moe_layer_freq": [0, 1, 1, 1]                           | 1 | 1
            "decoder_sparse_step": 1, "mlp_only_layers": []          | 0 | 1
            """)
    void expertLayersAreFound(String rule, int first, int every) {
        FeedForward.Experts experts = llama(
                        ", \"num_experts\": 8, \"num_experts_per_tok\": 2, \"moe_intermediate_size\": 32, " + rule)
                .feedForward()
                .experts();
        assertThat(experts.firstLayer()).isEqualTo(first);
        assertThat(experts.every()).isEqualTo(every);
        assertThat(experts.intermediate()).isEqualTo(32);
    }

    @Test
    void anIrregularExpertPatternIsAnError() {
        String config = LLAMA.formatted(", \"num_experts\": 8, \"num_experts_per_tok\": 2, \"mlp_only_layers\": [2]");
        assertThat(problems(reader.read("m.json", bytes(config))))
                .singleElement()
                .asString()
                .startsWith("m.json: mlp_only_layers: layer 2 breaks the pattern");
    }

    @Test
    void allMissingFieldsAreTold() {
        assertThat(problems(reader.read("m.json", bytes("{\"model_type\": \"llama\"}"))))
                .containsExactlyInAnyOrder(
                        "m.json: num_hidden_layers: is missing; give a whole number from 1 to 10000",
                        "m.json: hidden_size: is missing; give a whole number from 1 to 1000000",
                        "m.json: vocab_size: is missing; give a whole number from 1 to 100000000",
                        "m.json: max_position_embeddings: is missing; give a whole number from 1 to 2147483647",
                        "m.json: num_attention_heads: is missing; give a whole number from 1 to 65536",
                        "m.json: intermediate_size: is missing; give a whole number from 1 to 10000000");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "num_key_value_heads": 3                     | 8 heads are not a multiple of 3 KV heads
            "num_key_value_heads": -1                    | num_key_value_heads: must be a whole number from 1 to 65536, got -1
            "dtype": "int3"                              |
            "quantization_config": {"quant_method": "x"} | quantization_config.quant_method: unknown quantisation 'x'
            "quantization_config": {"quant_method": "gptq", "bits": 3} | quantization_config.bits: 3-bit weights are not supported
            "layer_types": ["linear_attention"]          | layer_types: layers without a KV cache are not supported
            "tie_word_embeddings": "yes"                 | tie_word_embeddings: must be true or false, got the text 'yes'
            "num_experts": 4, "num_experts_per_tok": 9   | active experts must be in [1, 4], got 9
            """)
    void badValuesAreTold(String extra, String expected) {
        var read = reader.read("m.json", bytes(LLAMA.formatted(", " + extra)));
        if (expected == null) {
            assertThat(read.isValid()).isTrue();
        } else {
            assertThat(problems(read)).anyMatch(p -> p.contains(expected));
        }
    }

    @Test
    void aConfigIsNamedAfterItsDirectory(@TempDir Path directory) throws Exception {
        Path home = Files.createDirectory(directory.resolve("my-model"));
        Path config = Files.writeString(home.resolve("config.json"), LLAMA.formatted(""));
        assertThat(reader.readOrThrow(config).name()).isEqualTo("my-model");
    }

    @Test
    void namesAndFilesAreToldApart() {
        assertThat(reader.readNameOrFileOrThrow("Qwen/Qwen3-32B").name()).isEqualTo("qwen3-32b");
        assertThat(problems(reader.readNameOrFile("qwen3-23b")))
                .singleElement()
                .asString()
                .startsWith(
                        "qwen3-23b: is neither a file nor a built-in model (did you mean 'qwen3-32b'?); choose one of opt-13b, ");
        assertThat(problems(reader.readNameOrFile("nowhere/config.json")))
                .containsExactly("nowhere/config.json: there is no such file; check the path");
    }
}
