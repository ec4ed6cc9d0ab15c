package org.partiflow.costmodel.calibration;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Kinds of measured tables: the columns that describe a row, and what is predicted. */
public enum BatchKind {
    /** One layer without attention, as Vidur profiles it. */
    VIDUR_LAYER(
            "vidur-layer",
            List.of("gpu", "tp", "tokens", "hidden", "heads", "kv_heads", "ffn", "gated_mlp"),
            List.of(new Output("predicted_us", 1e-6))),
    /** One matrix product. */
    GEMM("gemm", List.of("gpu", "dtype", "m", "n", "k"), List.of(new Output("predicted_us", 1e-6))),
    /** Attention of prompts, one layer. */
    ATTENTION_PREFILL(
            "attention-prefill",
            List.of("gpu", "batch_size", "new_tokens", "kv_tokens", "heads", "kv_heads"),
            List.of(new Output("predicted_us", 1e-6))),
    /** Attention of one new token per sequence, one layer. */
    ATTENTION_DECODE(
            "attention-decode",
            List.of("gpu", "batch_size", "kv_tokens", "heads", "kv_heads"),
            List.of(new Output("predicted_us", 1e-6))),
    /** Single operations of a layer, by name. */
    LAYER_OPERATIONS(
            "layer-ops", List.of("gpu", "model", "tp", "op", "tokens"), List.of(new Output("predicted_us", 1e-6))),
    /** Attention of both phases, one layer, of a named model. */
    ATTENTION(
            "attention",
            List.of("gpu", "model", "tp", "phase", "batch_size", "prefill_chunk_size", "kv_cache_size"),
            List.of(new Output("predicted_us", 1e-6))),
    /** One collective. */
    COLLECTIVE("collective", List.of("gpu", "collective", "gpus", "bytes"), List.of(new Output("predicted_us", 1e-6))),
    /** One layer of an engine. */
    LAYER_HELIX(
            "layer-helix",
            List.of("model", "gpu", "tp_gpus", "phase", "batch_tokens"),
            List.of(new Output("predicted_ms", 1e-3))),
    /** Times to first and per output token at fixed concurrency. */
    SERVING(
            "serving",
            List.of("gpu", "engine", "model", "precision", "isl", "osl", "concurrency", "tp"),
            List.of(new Output("predicted_ttft_ms", 1e-3), new Output("predicted_tpot_ms", 1e-3)));

    /**
     * A predicted column.
     *
     * @param column its name
     * @param unitSeconds its unit in seconds
     */
    public record Output(String column, double unitSeconds) {}

    private final String label;
    private final List<String> columns;
    private final List<Output> outputs;

    BatchKind(String label, List<String> columns, List<Output> outputs) {
        this.label = label;
        this.columns = columns;
        this.outputs = outputs;
    }

    /** Name on the command line. */
    public String label() {
        return label;
    }

    /** Columns that describe a row. */
    public List<String> columns() {
        return columns;
    }

    /** Columns that are predicted. */
    public List<Output> outputs() {
        return outputs;
    }

    /**
     * The kind of this name.
     *
     * @throws IllegalArgumentException if there is none, listing the choices
     */
    public static BatchKind of(String label) {
        return Arrays.stream(values())
                .filter(kind -> kind.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown kind '" + label + "'; choose from: "
                        + Arrays.stream(values()).map(BatchKind::label).collect(Collectors.joining(", "))));
    }
}
