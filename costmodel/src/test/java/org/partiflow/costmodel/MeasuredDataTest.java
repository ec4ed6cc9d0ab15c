package org.partiflow.costmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.partiflow.api.cluster.GpuType;
import org.partiflow.api.cluster.Link;
import org.partiflow.api.cost.StepLoad;
import org.partiflow.api.model.Precision;
import org.partiflow.api.model.TransformerModel;

/**
 * Accuracy against public measurements. The files are not part of the project: set the environment variable
 * PARTIFLOW_GPU_DATA to their folder; otherwise these tests are skipped. PARTIFLOW_GPU_DATA_REPORT names a file to which
 * the errors are appended.
 */
class MeasuredDataTest {
    private Path data = Path.of("");

    @BeforeEach
    void findData() {
        String folder = System.getenv("PARTIFLOW_GPU_DATA");
        assumeTrue(folder != null, "PARTIFLOW_GPU_DATA does not name the folder of measured data");
        data = Path.of(Objects.requireNonNull(folder));
    }

    @Test
    void gemm() throws IOException {
        for (GpuType gpu : List.of(Fixtures.A100, Fixtures.H100, Fixtures.L40S)) {
            for (Precision precision : List.of(Precision.BF16, Precision.FP8)) {
                GemmLaw law = GemmLaw.of(gpu, GpuEfficiencies.of(gpu), precision);
                String type = precision == Precision.FP8 ? "fp8" : "bfloat16";
                List<Map<String, String>> rows = rows("aic_gemm.csv").stream()
                        .filter(r -> sweepName(gpu).equals(r.get("gpu")) && type.equals(r.get("dtype")))
                        .filter(r -> number(r, "n") >= 512 && number(r, "k") >= 512)
                        .collect(Collectors.toList());
                if (!rows.isEmpty()) {
                    compare(
                            "gemm " + gpu.name() + " " + type,
                            rows,
                            "latency_us",
                            1e-6,
                            r -> law.productSeconds(number(r, "m"), number(r, "n"), number(r, "k"), precision),
                            0.2);
                }
            }
        }
    }

    @Test
    void attention() throws IOException {
        for (GpuType gpu : List.of(Fixtures.A100, Fixtures.H100, Fixtures.L40S)) {
            AttentionLaw law = AttentionLaw.of(gpu, GpuEfficiencies.of(gpu));
            compare(
                    "attention prefill " + gpu.name(),
                    sweep("aic_attention_prefill.csv", gpu),
                    "latency_us",
                    1e-6,
                    r -> {
                        double tokens = number(r, "batch_size") * number(r, "new_tokens");
                        double pairs = tokens * (number(r, "kv_tokens") + (number(r, "new_tokens") + 1) / 2);
                        double bytes = 4 * 128 * (number(r, "heads") + number(r, "kv_heads")) * tokens;
                        return AttentionLaw.KERNEL_SECONDS
                                + law.prefillSeconds(512 * number(r, "heads") * pairs, bytes);
                    },
                    0.35);
            compare(
                    "attention decode " + gpu.name(),
                    sweep("aic_attention_decode.csv", gpu),
                    "latency_us",
                    1e-6,
                    r -> {
                        double context = number(r, "batch_size") * number(r, "kv_tokens");
                        return AttentionLaw.KERNEL_SECONDS
                                + law.decodeSeconds(
                                        512 * number(r, "heads") * context, 512 * number(r, "kv_heads") * context);
                    },
                    0.35);
        }
    }

    @Test
    void allReduce() throws IOException {
        for (GpuType gpu : List.of(Fixtures.A100, Fixtures.H100)) {
            Link link = gpu == Fixtures.A100 ? Fixtures.NVLINK_A100 : Fixtures.NVLINK_H100;
            for (String engine : List.of("vllm", "trtllm", "nccl")) {
                List<Map<String, String>> rows = sweep("aic_collectives.csv", gpu).stream()
                        .filter(r -> "all_reduce".equals(r.get("collective"))
                                && text(r, "impl").startsWith(engine))
                        .collect(Collectors.toList());
                compare(
                        "all-reduce " + engine + " " + gpu.name(),
                        rows,
                        "latency_us",
                        1e-6,
                        r -> AllReduceLaw.of(link, (int) number(r, "gpus")).seconds(number(r, "bytes")),
                        0.7);
            }
        }
    }

    @Test
    void serving() throws IOException {
        for (String tp : List.of("2", "4", "8")) {
            List<Map<String, String>> rows = rows("serving_ttft_tpot_dense.csv").stream()
                    .filter(r -> tp.equals(r.get("tp")) && number(r, "tpot_ms") < 60)
                    .collect(Collectors.toList());
            TransformerModel model = Fixtures.LLAMA_31_70B.withPrecision(Precision.FP8, Precision.FP16);
            compare(
                    "vLLM 70B FP8 H100 TPOT, TP" + tp,
                    rows,
                    "tpot_ms",
                    1e-3,
                    r -> {
                        double batch = number(r, "concurrency");
                        return step(
                                model,
                                Fixtures.H100,
                                Integer.parseInt(tp),
                                StepLoad.decode(batch, batch * (number(r, "isl") + number(r, "osl") / 2)));
                    },
                    0.4);
        }
    }

    @Test
    void splitwise() throws IOException {
        List<Map<String, String>> rows = rows("splitwise_perf.csv").stream()
                .filter(r -> text(r, "model").startsWith("llama2-70b") && "0".equals(r.get("suspect")))
                .collect(Collectors.toList());
        for (String name : List.of("a100-80gb", "h100-80gb")) {
            GpuType gpu = name.startsWith("a100") ? Fixtures.A100 : Fixtures.H100;
            for (int tp : new int[] {2, 8}) {
                List<Map<String, String>> some = rows.stream()
                        .filter(r -> name.equals(r.get("gpu")) && number(r, "tp") == tp)
                        .collect(Collectors.toList());
                compare(
                        "Splitwise prefill " + name + " TP" + tp,
                        some,
                        "prefill_ms",
                        1e-3,
                        r -> {
                            double tokens = number(r, "batch") * number(r, "prompt_tokens");
                            return step(
                                    Fixtures.LLAMA_2_70B,
                                    gpu,
                                    tp,
                                    StepLoad.prefill(
                                            number(r, "batch"), tokens, tokens * (number(r, "prompt_tokens") + 1) / 2));
                        },
                        0.6);
                compare(
                        "Splitwise decode " + name + " TP" + tp,
                        some,
                        "decode_step_ms",
                        1e-3,
                        r -> step(
                                Fixtures.LLAMA_2_70B,
                                gpu,
                                tp,
                                StepLoad.decode(
                                        number(r, "batch"),
                                        number(r, "batch")
                                                * (number(r, "prompt_tokens") + number(r, "output_tokens") / 2))),
                        0.8);
            }
        }
    }

    @Test
    void helix() throws IOException {
        Map<String, GpuType> gpus = Map.of("a100_40gb", Fixtures.A100_40, "l4", Fixtures.L4, "t4", Fixtures.T4);
        for (String name : List.of("a100_40gb", "l4", "t4")) {
            for (String phase : List.of("prompt", "decode")) {
                for (int tp : new int[] {1, 2, 4}) {
                    List<Map<String, String>> rows = rows("helix_per_layer.csv").stream()
                            .filter(r -> name.equals(r.get("gpu")) && phase.equals(r.get("phase")))
                            .filter(r -> number(r, "tp_gpus") == tp)
                            .collect(Collectors.toList());
                    if (!rows.isEmpty()) {
                        compare(
                                "Helix " + phase + " " + name + " TP" + tp,
                                rows,
                                "per_layer_ms",
                                1e-3,
                                r -> perLayer(
                                        Objects.requireNonNull(gpus.get(name)), tp, phase, number(r, "batch_tokens")),
                                0.4);
                    }
                }
            }
        }
    }

    @Test
    void vidurLayers() throws IOException {
        Map<String, GpuType> gpus = Map.of("a100", Fixtures.A100, "h100", Fixtures.H100, "a40", Fixtures.A40);
        List<String> parts = List.of(
                "input_norm_us",
                "qkv_proj_us",
                "rope_us",
                "o_proj_us",
                "post_norm_us",
                "up_proj_us",
                "act_us",
                "down_proj_us",
                "add_us");
        for (String name : List.of("a100", "h100", "a40")) {
            GpuType gpu = Objects.requireNonNull(gpus.get(name));
            List<Map<String, String>> rows = rows("vidur_layer_ops.csv").stream()
                    .filter(r -> name.equals(r.get("gpu")))
                    .map(HashMap::new)
                    .collect(Collectors.toList());
            rows.forEach(r -> r.put(
                    "sum",
                    Double.toString(
                            parts.stream().mapToDouble(p -> number(r, p)).sum())));
            compare("Vidur layer " + name, rows, "sum", 1e-6, r -> vidurLayer(gpu, r), 0.25);
        }
    }

    private static double vidurLayer(GpuType gpu, Map<String, String> r) {
        TransformerModel model = new TransformerModel(
                "vidur",
                3,
                (int) number(r, "hidden"),
                new org.partiflow.api.model.Attention(
                        (int) number(r, "heads"),
                        (int) number(r, "kv_heads"),
                        (int) (number(r, "hidden") / number(r, "heads")),
                        null),
                new org.partiflow.api.model.FeedForward((int) number(r, "ffn"), true, null),
                (int) number(r, "vocab"),
                false,
                4096,
                Precision.FP16,
                Precision.FP16);
        StepBreakdown parts = new RooflineCostModel(model, Calibration.DEFAULT)
                .breakdown(
                        Fixtures.hardware(gpu, (int) number(r, "tp"), Fixtures.NVLINK_A100),
                        1,
                        1,
                        StepLoad.prefill(0, number(r, "tokens"), 0));
        return parts.gemmSeconds()
                + parts.elementwiseSeconds()
                + parts.overheadSeconds()
                - EngineOverheads.DEFAULT.stepSeconds()
                - AttentionLaw.KERNEL_SECONDS;
    }

    private static double perLayer(GpuType gpu, int tp, String phase, double tokens) {
        StepLoad load = phase.equals("prompt")
                ? StepLoad.prefill(0, tokens, tokens * 375)
                : StepLoad.decode(tokens, tokens * 870);
        RooflineCostModel cost = new RooflineCostModel(Fixtures.LLAMA_2_70B, Calibration.DEFAULT);
        double step = cost.stage(Fixtures.hardware(gpu, tp, Fixtures.PCIE)).stepSeconds(10, 10, load);
        return (step - EngineOverheads.DEFAULT.stepSeconds()) / 10;
    }

    private static double step(TransformerModel model, GpuType gpu, int tp, StepLoad load) {
        Link link = gpu == Fixtures.A100 ? Fixtures.NVLINK_A100 : Fixtures.NVLINK_H100;
        return new RooflineCostModel(model, Calibration.DEFAULT)
                .stage(Fixtures.hardware(gpu, tp, link))
                .stepSeconds(0, model.layers(), load);
    }

    private static void compare(
            String what,
            List<Map<String, String>> rows,
            String column,
            double unit,
            ToDoubleFunction<Map<String, String>> law,
            double bound)
            throws IOException {
        double[] errors = rows.stream()
                .mapToDouble(r -> law.applyAsDouble(r) / (number(r, column) * unit) - 1)
                .toArray();
        double bias = Arrays.stream(errors).sorted().toArray()[errors.length / 2];
        double[] sizes = Arrays.stream(errors).map(Math::abs).sorted().toArray();
        double median = sizes[sizes.length / 2];
        String report = System.getenv("PARTIFLOW_GPU_DATA_REPORT");
        if (report != null) {
            String line = String.format(
                    "| %s | %d | %.0f %% | %.0f %% | %+.0f %% |%n",
                    what, errors.length, 100 * median, 100 * sizes[(int) (0.9 * sizes.length)], 100 * bias);
            Files.writeString(
                    Path.of(report),
                    line,
                    java.nio.file.StandardOpenOption.CREATE,
                    java.nio.file.StandardOpenOption.APPEND);
        }
        assertThat(median).as(what).isLessThan(bound);
    }

    private List<Map<String, String>> sweep(String file, GpuType gpu) throws IOException {
        return rows(file).stream()
                .filter(r -> sweepName(gpu).equals(r.get("gpu")))
                .collect(Collectors.toList());
    }

    private List<Map<String, String>> rows(String file) throws IOException {
        List<String> lines = Files.readAllLines(data.resolve(file));
        String[] header = lines.get(0).split(",");
        List<Map<String, String>> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            Map<String, String> row = new HashMap<>();
            for (int i = 0; i < header.length; i++) {
                row.put(header[i], cells[i]);
            }
            rows.add(row);
        }
        return rows;
    }

    private static String sweepName(GpuType gpu) {
        return gpu == Fixtures.A100 ? "a100_sxm" : gpu == Fixtures.H100 ? "h100_sxm" : "l40s";
    }

    private static double number(Map<String, String> row, String column) {
        return Double.parseDouble(text(row, column));
    }

    private static String text(Map<String, String> row, String column) {
        return Objects.requireNonNull(row.get(column), column);
    }
}
