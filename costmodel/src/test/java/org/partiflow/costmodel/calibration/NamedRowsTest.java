package org.partiflow.costmodel.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.partiflow.api.cluster.GpuType;
import org.partiflow.api.model.Attention;
import org.partiflow.api.model.FeedForward;
import org.partiflow.api.model.Precision;
import org.partiflow.api.model.TransformerModel;
import org.partiflow.api.unit.Bandwidth;
import org.partiflow.api.unit.ComputeRate;
import org.partiflow.api.unit.DataSize;

/** Rows that name a model and an operation, or a model and a phase of attention. */
class NamedRowsTest {
    private static final GpuType GPU = new GpuType(
            "Invented",
            DataSize.ofGigabytes(48),
            Bandwidth.ofGigabytesPerSecond(1000),
            ComputeRate.ofTeraflops(150),
            ComputeRate.ofTeraflops(0),
            1,
            "a test");
    private static final TransformerModel MODEL = new TransformerModel(
            "llama",
            32,
            4096,
            new Attention(32, 8, 128, null),
            new FeedForward(14336, true, null),
            128_256,
            false,
            8192,
            Precision.FP16,
            Precision.FP16);
    private static final Hardware HARDWARE = new Hardware() {
        @Override
        public Optional<GpuType> findGpu(String name) {
            return name.equals("invented") ? Optional.of(GPU) : Optional.empty();
        }

        @Override
        public Optional<TransformerModel> findModel(String name) {
            return name.equals("llama-3.1-8b") ? Optional.of(MODEL) : Optional.empty();
        }
    };
    private static final String HEADER = "gpu,model,tp,op,tokens,latency_us";

    @Test
    void operationsCalibrateTheLayersOfTheirGpu() {
        MeasuredTable table = table(operations());
        CostProfile fitted = new Calibrator(HARDWARE, CostProfile.empty()).fit(BatchKind.LAYER_OPERATIONS, table, "");
        assertThat(fitted.fits().keySet())
                .extracting(FitKey::kernel)
                .containsExactlyInAnyOrder("layer-gemm", "layer-norm", "layer-rope", "layer-act");
        FittedRanks ranks = new FittedRanks(MODEL, fitted);
        double expected = seconds(6144, 4096, 128)
                + seconds(4096, 4096, 128)
                + seconds(28672, 4096, 128)
                + seconds(4096, 14336, 128);
        assertThat(ranks.of(GPU, 1).products().at(128)).isCloseTo(expected, withPercentage(5));
        assertThat(ranks.of(GPU, 1).elementwise()).isNotNull();
        assertThat(ranks.of(GPU, 1).attention()).isNull();
        List<String> predicted = new BatchPredictor(HARDWARE, fitted)
                .appended(BatchKind.LAYER_OPERATIONS, table(List.of("invented,meta/Llama-3.1-8B,1,attn,64,")));
        assertThat(predicted.get(1)).endsWith(",attn,64,,");
    }

    @Test
    void badRowsAreNamed() {
        refused(HEADER, "unknown op 'conv'; choose from: qkv_proj", "invented,llama-3.1-8b,1,conv,5,1");
        refused(HEADER, "unknown model 'gpt'", "invented,gpt,1,qkv_proj,5,1");
        assertThatThrownBy(() -> new Calibrator(HARDWARE, CostProfile.empty())
                        .fit(
                                BatchKind.ATTENTION,
                                MeasuredTable.parse(
                                        "a.csv",
                                        List.of(
                                                "gpu,model,tp,phase,batch_size,prefill_chunk_size,kv_cache_size,latency_us",
                                                "invented,llama-3.1-8b,1,train,1,2,3,4")),
                                ""))
                .hasMessageContaining("a.csv: row 1: unknown phase 'train'; choose from: prefill, decode");
    }

    private static void refused(String header, String message, String row) {
        assertThatThrownBy(() -> new Calibrator(HARDWARE, CostProfile.empty())
                        .fit(BatchKind.LAYER_OPERATIONS, MeasuredTable.parse("ops.csv", List.of(header, row)), ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("ops.csv: row 1: ")
                .hasMessageContaining(message);
    }

    private static List<String> operations() {
        List<String> rows = new ArrayList<>();
        for (int tokens = 1; tokens <= 2048; tokens *= 2) {
            rows.add(row("qkv_proj", tokens, seconds(6144, 4096, tokens)));
            rows.add(row("o_proj", tokens, seconds(4096, 4096, tokens)));
            rows.add(row("gate_up_proj", tokens, seconds(28672, 4096, tokens)));
            rows.add(row("down_proj", tokens, seconds(4096, 14336, tokens)));
            rows.add(row("layernorm", tokens, 3e-6 + tokens * 4096 * 4 / 8e11));
            rows.add(row("rotary_emb", tokens, 3e-6 + tokens * 5120 * 4 / 8e11));
            rows.add(row("act_fn", tokens, 3e-6 + tokens * 14336 * 6 / 8e11));
            rows.add(row("input_layernorm", tokens, 20e-6));
        }
        return rows;
    }

    private static double seconds(double columns, double inner, double tokens) {
        double compute = 2 * columns * inner * tokens / 100e12;
        double memory = 2 * columns * inner / 9e11;
        return 4e-6 + Math.sqrt(Math.sqrt(Math.pow(compute, 4) + Math.pow(memory, 4)));
    }

    private static String row(String op, int tokens, double seconds) {
        return String.format(Locale.ROOT, "invented,meta/Llama-3.1-8B,1,%s,%d,%.3f", op, tokens, seconds * 1e6);
    }

    private static MeasuredTable table(List<String> rows) {
        List<String> lines = new ArrayList<>(List.of(HEADER));
        lines.addAll(rows);
        return MeasuredTable.parse("ops.csv", lines);
    }
}
