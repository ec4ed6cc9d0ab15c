package org.partiflow.costmodel.calibration;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.partiflow.api.model.Attention;
import org.partiflow.api.model.TransformerModel;

/** Kernels of rows that name their model: single operations of a layer, and attention of both phases. Thread-safe. */
final class ModelRows {
    private static final KernelLaw GEMM = GemmKernelLaw.layers();
    private static final KernelLaw STREAM = new StreamKernelLaw();
    private static final KernelLaw PREFILL = new PrefillKernelLaw();
    private static final KernelLaw DECODE = new DecodeKernelLaw();

    private final Hardware hardware;

    ModelRows(Hardware hardware) {
        this.hardware = hardware;
    }

    /** What checkpoints append to a model's name without changing its shapes. */
    private static final Pattern CHECKPOINT =
            Pattern.compile("(-(hf|instruct|chat|it|fp8|fp4|nvfp4|bf16|fp16|dynamic))+$");

    /** The model that a row names: as it is, with dashes, or in lower case without owner and kind of checkpoint. */
    TransformerModel model(MeasuredRow row) {
        String name = row.text("model");
        String dashed =
                name.replace('_', '-').replaceFirst("^llama2-", "llama-2-").replaceFirst("^llama1-", "llama-");
        String base = name.substring(name.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        return hardware.findModel(name)
                .or(() -> hardware.findModel(dashed))
                .or(() -> hardware.findModel(base))
                .or(() -> hardware.findModel(CHECKPOINT.matcher(base).replaceFirst("")))
                .orElseThrow(() ->
                        row.problem("unknown model '" + name + "'; 'partiflow list models' names the known ones"));
    }

    /**
     * The kernel of an operation; empty for those that are no kernel of a layer's laws (embedding, attention, and norms
     * and rotary embeddings that are not fused: {@code input_layernorm}, {@code rope}).
     */
    Optional<KernelTerm> operation(MeasuredRow row, Chip chip) {
        TransformerModel model = model(row);
        Attention attention = model.attention();
        double degree = row.positive("tp");
        double headDim = attention.headDim();
        double heads = attention.heads() / degree * headDim;
        double kvHeads = Math.max(1, attention.kvHeads() / degree) * headDim;
        double hidden = model.hidden();
        double inner = model.feedForward().intermediate() / degree;
        double gates = model.feedForward().gated() ? 2 : 1;
        String op = row.text("op").toLowerCase(Locale.ROOT);
        return switch (op) {
            case "qkv_proj" -> product(row, chip, heads + 2 * kvHeads, hidden);
            case "q_proj" -> product(row, chip, heads, hidden);
            case "k_proj", "v_proj" -> product(row, chip, kvHeads, hidden);
            case "o_proj" -> product(row, chip, hidden, heads);
            case "gate_up_proj" -> product(row, chip, gates * inner, hidden);
            case "gate_proj", "up_proj" -> product(row, chip, inner, hidden);
            case "down_proj" -> product(row, chip, hidden, inner);
            case "lm_head" -> product(row, chip, model.vocabulary() / degree, hidden);
            case "layernorm" -> stream(row, chip, "norm", hidden, 2);
            case "rotary_emb" -> stream(row, chip, "rope", heads + kvHeads, 2);
            case "act_fn" -> stream(row, chip, "act", inner, gates + 1);
            case "add" -> stream(row, chip, "add", hidden, 3);
            case "input_layernorm", "post_layernorm", "final_layernorm", "rope", "attn", "embedding" ->
                Optional.empty();
            default ->
                throw row.problem(
                        "unknown op " + Quote.of(op) + "; choose from: qkv_proj, q_proj, k_proj, v_proj, o_proj,"
                                + " gate_up_proj, gate_proj, up_proj, down_proj, lm_head, layernorm, rotary_emb, act_fn, add");
        };
    }

    /** Attention of one layer; heads by the columns {@code heads} and {@code kv_heads} (whole model) or by the model. */
    KernelTerm attention(MeasuredRow row, Chip chip) {
        double degree = row.positive("tp");
        boolean counted = row.has("heads") && row.has("kv_heads");
        double heads = counted ? row.positive("heads") : model(row).attention().heads();
        double kvHeads =
                counted ? row.positive("kv_heads") : model(row).attention().kvHeads();
        double headDim = counted ? 128 : model(row).attention().headDim();
        double perRank = Math.max(1, kvHeads / degree);
        double batch = row.positive("batch_size");
        double cached = row.nonNegative("kv_cache_size");
        String phase = row.text("phase").toLowerCase(Locale.ROOT);
        String gpu = chip.type().name();
        if (phase.equals("decode")) {
            double[] shape = {batch, Math.max(1, cached), heads / degree, perRank, headDim};
            return new KernelTerm(new FitKey("attention-decode", gpu, ""), DECODE, chip, shape, "latency_us");
        }
        if (!List.of("prefill", "prompt").contains(phase)) {
            throw row.problem("unknown phase " + Quote.of(phase) + "; choose from: prefill, decode");
        }
        double[] shape = {batch, row.positive("prefill_chunk_size"), cached, heads / degree, perRank, headDim};
        return new KernelTerm(new FitKey("attention-prefill", gpu, ""), PREFILL, chip, shape, "latency_us");
    }

    private static Optional<KernelTerm> product(MeasuredRow row, Chip chip, double columns, double inner) {
        double[] shape = {row.positive("tokens"), columns, inner, 2};
        FitKey key = new FitKey("layer-gemm", chip.type().name(), "");
        return Optional.of(new KernelTerm(key, GEMM, chip, shape, "latency_us"));
    }

    private static Optional<KernelTerm> stream(MeasuredRow row, Chip chip, String kernel, double width, double passes) {
        double[] shape = {row.positive("tokens"), width, passes};
        FitKey key = new FitKey("layer-" + kernel, chip.type().name(), "");
        return Optional.of(new KernelTerm(key, STREAM, chip, shape, "latency_us"));
    }
}
