package org.partiflow.io.internal.model;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.partiflow.api.model.Precision;
import org.partiflow.io.internal.tree.FieldReader;

/** Reads the number formats: {@code torch_dtype} and {@code quantization_config}. Stateless. */
final class PrecisionParser {
    private static final Set<String> FOUR_BITS = Set.of("gptq", "awq", "mxfp4", "autoround", "auto-round");

    private PrecisionParser() {}

    /** Formats of weights and KV cache. */
    record Formats(Precision weights, Precision kv) {}

    static Formats parse(FieldReader root, FieldReader config) {
        Precision base = base(root, config);
        FieldReader holder = config.has("quantization_config") ? config : root;
        if (!holder.has("quantization_config")) {
            return new Formats(base, base);
        }
        FieldReader quantization = holder.object("quantization_config");
        return new Formats(weights(quantization, base), kv(quantization, base));
    }

    private static Precision base(FieldReader root, FieldReader config) {
        FieldReader holder = config.has("torch_dtype") || config.has("dtype") ? config : root;
        String key = Keys.first(holder, "torch_dtype", "dtype");
        String type = holder.text(key, "float16").toLowerCase(Locale.ROOT).replace("torch.", "");
        return switch (type) {
            case "bfloat16" -> Precision.BF16;
            // Inference engines load 32-bit checkpoints in 16 bits.
            case "float16", "half", "float32", "float" -> Precision.FP16;
            case "float8_e4m3fn", "float8_e5m2" -> Precision.FP8;
            default -> {
                holder.problem(key, "unknown number format '" + type + "'; use float16 or bfloat16");
                yield Precision.FP16;
            }
        };
    }

    private static Precision weights(FieldReader quantization, Precision base) {
        if (quantization.flag("load_in_4bit", false)) {
            return Precision.INT4;
        }
        if (quantization.flag("load_in_8bit", false)) {
            return Precision.FP8;
        }
        String method = quantization.text("quant_method", "").toLowerCase(Locale.ROOT);
        if (method.equals("compressed-tensors")) {
            return compressedTensors(quantization);
        }
        if (method.contains("fp8")) {
            return Precision.FP8;
        }
        if (FOUR_BITS.contains(method)) {
            return ofBits(quantization, quantization.findInteger("bits", 1, 64).orElse(4), "bits");
        }
        String algorithm = quantization.text("quant_algo", "").toUpperCase(Locale.ROOT);
        if (algorithm.contains("FP4") || algorithm.contains("W4")) {
            return Precision.INT4;
        }
        if (algorithm.contains("FP8") || algorithm.contains("W8")) {
            return Precision.FP8;
        }
        quantization.problem(
                "quant_method",
                "unknown quantisation '" + method + "'; known are fp8, gptq, awq, mxfp4, compressed-tensors, modelopt");
        return base;
    }

    private static Precision compressedTensors(FieldReader quantization) {
        FieldReader groups = quantization.object("config_groups");
        Optional<String> first = groups.names().stream().findFirst();
        if (first.isEmpty()) {
            quantization.problem("config_groups", "has no group; give the weights' bits");
            return Precision.FP8;
        }
        FieldReader weights = groups.object(first.get()).object("weights");
        return ofBits(weights, weights.integer("num_bits", 1, 64), "num_bits");
    }

    /** Eight-bit integers take the room of eight-bit floats. */
    private static Precision ofBits(FieldReader fields, int bits, String key) {
        return switch (bits) {
            case 4 -> Precision.INT4;
            case 8 -> Precision.FP8;
            case 16 -> Precision.FP16;
            default -> {
                fields.problem(key, bits + "-bit weights are not supported; use 4, 8 or 16 bits");
                yield Precision.FP16;
            }
        };
    }

    private static Precision kv(FieldReader quantization, Precision base) {
        boolean eightBits = quantization
                        .text("kv_cache_quant_algo", "")
                        .toUpperCase(Locale.ROOT)
                        .contains("FP8")
                || quantization.has("kv_cache_scheme")
                        && quantization
                                        .object("kv_cache_scheme")
                                        .findInteger("num_bits", 1, 64)
                                        .orElse(8)
                                == 8;
        return eightBits ? Precision.FP8 : base;
    }
}
