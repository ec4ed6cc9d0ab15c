package org.partiflow.costmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import org.junit.jupiter.api.Test;
import org.partiflow.api.cluster.GpuType;
import org.partiflow.api.cluster.Link;
import org.partiflow.api.cost.StepLoad;
import org.partiflow.api.model.Precision;
import org.partiflow.api.model.TransformerModel;

/** Published orders of magnitude; the bounds are the model's stated accuracy. */
class PublishedFiguresTest {
    private static double step(TransformerModel model, GpuType gpu, int degree, Link link, StepLoad load) {
        return new RooflineCostModel(model, Calibration.DEFAULT)
                .stage(Fixtures.hardware(gpu, degree, link))
                .stepSeconds(0, model.layers(), load);
    }

    /** Reading 69 GB of weights at 2.04 TB/s takes 33.6 ms; Splitwise measured 54 ms with an eager engine. */
    @Test
    void llama70bDecodesOnTwoA100InAbout40Milliseconds() {
        double seconds = step(Fixtures.LLAMA_2_70B, Fixtures.A100, 2, Fixtures.NVLINK_A100, StepLoad.decode(1, 1024));
        assertThat(seconds).isCloseTo(0.040, withPercentage(35)).isGreaterThan(0.0336);
    }

    /** Splitwise, llama2-70b on A100: 377 ms on two GPUs, 154 ms on eight (eager engine). */
    @Test
    void llama70bPrefillsOneThousandTokensOnA100() {
        StepLoad load = StepLoad.prefill(1, 1024, 1024 * 512.5);
        assertThat(step(Fixtures.LLAMA_2_70B, Fixtures.A100, 2, Fixtures.NVLINK_A100, load))
                .isCloseTo(0.377, withPercentage(25));
        assertThat(step(Fixtures.LLAMA_2_70B, Fixtures.A100, 8, Fixtures.NVLINK_A100, load))
                .isBetween(0.07, 0.17);
    }

    /** vLLM with FP8 Llama-3.1-70B on four H100, 16 sequences of about 1,500 tokens: 13.2 ms a token. */
    @Test
    void fp8Llama70bDecodesOnFourH100() {
        TransformerModel model = Fixtures.LLAMA_31_70B.withPrecision(Precision.FP8, Precision.FP16);
        double seconds = step(model, Fixtures.H100, 4, Fixtures.NVLINK_H100, StepLoad.decode(16, 16 * 1536));
        assertThat(seconds).isCloseTo(0.0132, withPercentage(25));
    }

    /** Helix: one layer of Llama-2-70B takes about 7 ms on a T4 and 1.4 ms on an A100-40GB for small decode batches. */
    @Test
    void oneLayerOfLlama70bOnSmallAndLargeGpus() {
        StepLoad load = StepLoad.decode(2, 1740);
        assertThat(layer(Fixtures.T4, load)).isCloseTo(7.1e-3, withPercentage(20));
        assertThat(layer(Fixtures.A100_40, load)).isCloseTo(1.4e-3, withPercentage(20));
    }

    /** A small batch reads few experts, a large one all of them; then time grows with compute only. */
    @Test
    void expertsAreReadAsTheyAreVisited() {
        double one = step(Fixtures.DEEPSEEK_V3, Fixtures.H100, 16, Fixtures.NVLINK_H100, StepLoad.decode(1, 1000));
        double some = step(Fixtures.DEEPSEEK_V3, Fixtures.H100, 16, Fixtures.NVLINK_H100, StepLoad.decode(16, 16000));
        double many = step(Fixtures.DEEPSEEK_V3, Fixtures.H100, 16, Fixtures.NVLINK_H100, StepLoad.decode(128, 128000));
        assertThat(some - one).isGreaterThan(2e-3);
        assertThat(many).isLessThan(4 * some);
    }

    @Test
    void fp8WeightsHalveDecodingAndSpeedUpPrefillOnlyWhereSupported() {
        TransformerModel fp8 = Fixtures.LLAMA_2_70B.withPrecision(Precision.FP8, Precision.FP16);
        StepLoad prefill = StepLoad.prefill(4, 4096, 4096 * 512.5);
        double a100 = step(fp8, Fixtures.A100, 2, Fixtures.NVLINK_A100, prefill)
                / step(Fixtures.LLAMA_2_70B, Fixtures.A100, 2, Fixtures.NVLINK_A100, prefill);
        double h100 = step(fp8, Fixtures.H100, 2, Fixtures.NVLINK_H100, prefill)
                / step(Fixtures.LLAMA_2_70B, Fixtures.H100, 2, Fixtures.NVLINK_H100, prefill);
        assertThat(a100).isBetween(0.97, 1.02);
        assertThat(h100).isBetween(0.6, 0.85);
    }

    private static double layer(GpuType gpu, StepLoad load) {
        RooflineCostModel cost = new RooflineCostModel(Fixtures.LLAMA_2_70B, Calibration.DEFAULT);
        double step = cost.stage(Fixtures.hardware(gpu, 1, Fixtures.PCIE)).stepSeconds(10, 10, load);
        return (step - EngineOverheads.DEFAULT.stepSeconds()) / 10;
    }
}
