package org.partiflow.costmodel.calibration;

import java.util.List;
import java.util.Locale;
import org.partiflow.api.cluster.GpuType;

/** Takes rows of any kind apart into kernels, one list per predicted column. Thread-safe. */
final class RowReader {
    private static final double HEAD_DIM = 128;

    private final Hardware hardware;
    private final ModelRows models;
    private final EngineRows engines;

    RowReader(Hardware hardware) {
        this.hardware = hardware;
        this.models = new ModelRows(hardware);
        this.engines = new EngineRows(models);
    }

    /** The kernels of a row, one list per output of the kind. */
    List<List<KernelTerm>> terms(BatchKind kind, MeasuredRow row) {
        Chip chip = chip(row);
        return switch (kind) {
            case VIDUR_LAYER -> List.of(LayerRows.terms(row, chip));
            case GEMM -> List.of(List.of(gemm(row, chip)));
            case ATTENTION_PREFILL -> List.of(List.of(prefill(row, chip)));
            case ATTENTION_DECODE -> List.of(List.of(decode(row, chip)));
            case LAYER_OPERATIONS ->
                List.of(models.operation(row, chip).stream().toList());
            case ATTENTION -> List.of(List.of(models.attention(row, chip)));
            case COLLECTIVE -> List.of(List.of(collective(row, chip)));
            case LAYER_HELIX -> List.of(List.of(engines.layer(row, chip)));
            case SERVING -> engines.serving(row, chip);
        };
    }

    private Chip chip(MeasuredRow row) {
        String name = row.text("gpu");
        GpuType type = hardware.findGpu(name)
                .orElseThrow(() ->
                        row.problem("unknown GPU " + Quote.of(name) + "; 'partiflow list gpus' names the known ones"));
        return Chip.of(type);
    }

    private static KernelTerm gemm(MeasuredRow row, Chip chip) {
        String type = row.text("dtype").toLowerCase(Locale.ROOT);
        boolean integers = type.equals("int8");
        double bytes = integers || type.startsWith("fp8") || type.startsWith("float8") ? 1 : 2;
        if (bytes == 2 && !List.of("bfloat16", "bf16", "float16", "fp16").contains(type)) {
            throw row.problem("unknown dtype " + Quote.of(type) + "; choose from: bfloat16, float16, fp8, int8");
        }
        double[] shape = {row.positive("m"), row.positive("n"), row.positive("k"), bytes};
        String variant = integers ? "int8" : bytes == 1 ? "fp8" : "bf16";
        return new KernelTerm(
                new FitKey("gemm", chip.type().name(), variant),
                GemmKernelLaw.sweep(),
                integers ? chip.withIntegers() : chip,
                shape,
                "latency_us");
    }

    private static KernelTerm prefill(MeasuredRow row, Chip chip) {
        double[] shape = {
            row.positive("batch_size"),
            row.positive("new_tokens"),
            row.nonNegative("kv_tokens"),
            row.positive("heads"),
            row.positive("kv_heads"),
            headDimension(row)
        };
        return new KernelTerm(
                new FitKey("attention-prefill", chip.type().name(), engine(row)),
                new PrefillKernelLaw(),
                chip,
                shape,
                "latency_us");
    }

    private static KernelTerm decode(MeasuredRow row, Chip chip) {
        double[] shape = {
            row.positive("batch_size"),
            row.positive("kv_tokens"),
            row.positive("heads"),
            row.positive("kv_heads"),
            headDimension(row)
        };
        return new KernelTerm(
                new FitKey("attention-decode", chip.type().name(), engine(row)),
                new DecodeKernelLaw(),
                chip,
                shape,
                "latency_us");
    }

    /** Whose kernels: engines differ more than GPUs do. */
    private static String engine(MeasuredRow row) {
        return row.has("engine") ? row.text("engine").toLowerCase(Locale.ROOT) : "";
    }

    private static double headDimension(MeasuredRow row) {
        return row.has("head_dim") ? row.positive("head_dim") : HEAD_DIM;
    }

    private static KernelTerm collective(MeasuredRow row, Chip chip) {
        String how = row.has("impl") ? row.text("impl") : row.has("topology") ? row.text("topology") : "nccl";
        if (row.has("gpus_per_node") && row.positive("gpus_per_node") < row.positive("gpus")) {
            how += "+network" + row.text("gpus_per_node");
        }
        int gpus = (int) Math.max(1, row.positive("gpus"));
        String variant = row.text("collective") + "/" + how + "/" + gpus;
        double[] shape = {row.positive("bytes"), gpus};
        return new KernelTerm(
                new FitKey("collective", chip.type().name(), variant), new CollectiveLaw(), chip, shape, "latency_us");
    }
}
