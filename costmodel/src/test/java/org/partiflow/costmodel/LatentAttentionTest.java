package org.partiflow.costmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import org.junit.jupiter.api.Test;
import org.partiflow.api.cost.StepLoad;
import org.partiflow.api.model.Attention;
import org.partiflow.api.model.FeedForward;
import org.partiflow.api.model.Sharding;
import org.partiflow.api.model.TransformerModel;

/** Multi-head latent attention against published figures. */
class LatentAttentionTest {
    private static final int LAYERS = 61;

    /** "Insights into DeepSeek-V3" (arXiv 2505.09343), table 1: 70.272 KB a token, against 327.680 KB of Qwen-2.5-72B. */
    @Test
    void aTokenOfDeepSeekV3Leaves70Kilobytes() {
        assertThat(Sharding.kvBytesPerTokenPerGpu(Fixtures.DEEPSEEK_V3, LAYERS, 1))
                .isEqualTo(70_272);
        TransformerModel qwen = new TransformerModel(
                "qwen-2.5-72b",
                80,
                8192,
                new Attention(64, 8, 128, null),
                new FeedForward(29568, true, null),
                152_064,
                false,
                32_768,
                Fixtures.LLAMA_2_70B.weights(),
                Fixtures.LLAMA_2_70B.kv());
        assertThat(Sharding.kvBytesPerTokenPerGpu(qwen, 80, 1)).isEqualTo(327_680);
    }

    /** Every GPU of a stage holds the whole latent cache. */
    @Test
    void theLatentCacheIsNotCut() {
        assertThat(Sharding.kvBytesPerTokenPerGpu(Fixtures.DEEPSEEK_V3, LAYERS, 8))
                .isEqualTo(70_272);
    }

    /** DeepSeek-V3 technical report (arXiv 2412.19437): 671 billion parameters, 37 billion of them active. */
    @Test
    void parametersAreThePublishedOnes() {
        TransformerModel model = Fixtures.DEEPSEEK_V3;
        double stored = 2.0 * model.embeddingParameters();
        double active = model.embeddingParameters();
        for (int layer = 0; layer < LAYERS; layer++) {
            double attention = model.attention().parameters(model.hidden());
            stored += attention + model.feedForward().parameters(model.hidden(), layer);
            active += attention + model.feedForward().activeParameters(model.hidden(), layer);
        }
        assertThat(stored).isCloseTo(671e9, withPercentage(0.2));
        assertThat(active).isCloseTo(37e9, withPercentage(3));
    }

    /** FlashMLA on H800 SXM5: up to 3,000 GB/s where 16 heads read, 580 TFLOP/s where 128 heads compute. */
    @Test
    void decodingReachesWhatFlashMlaDoes() {
        assertThat(1152 / secondsPerCachedToken(8)).isCloseTo(3000e9, withPercentage(8));
        double flop = 2.0 * 128 * (512 + 512 + 64);
        assertThat(flop / secondsPerCachedToken(1)).isCloseTo(580e12, withPercentage(10));
    }

    /**
     * Decoding works in the latent space: with expanded keys and values, one new token would first have to expand every
     * cached one.
     */
    @Test
    void absorbedDecodingIsFasterThanExpandingTheCache() {
        Attention attention = Fixtures.DEEPSEEK_V3.attention();
        double expanding = 2.0 * 512 * attention.heads() * (128 + 128) + attention.flopPerPair();
        assertThat(secondsPerCachedToken(1)).isLessThan(expanding / 989e12);
    }

    /** A prompt's own tokens are expanded anyway: fewer operations for each pair than in the latent space. */
    @Test
    void promptsAreCheaperExpanded() {
        StepLoad prompt = StepLoad.prefill(1, 8192, 8192.0 * 8193 / 2);
        double perPair = attentionSeconds(1, prompt) / (LAYERS * prompt.promptPairs());
        double absorbed = 2.0 * 128 * (512 + 512 + 64) / 989e12;
        assertThat(perPair).isLessThan(absorbed);
    }

    private static double secondsPerCachedToken(int degree) {
        return attentionSeconds(degree, StepLoad.decode(1, 1e6)) / LAYERS / 1e6;
    }

    private static double attentionSeconds(int degree, StepLoad load) {
        return new RooflineCostModel(Fixtures.DEEPSEEK_V3, Calibration.DEFAULT)
                .breakdown(Fixtures.hardware(Fixtures.H100, degree, Fixtures.NVLINK_H100), 0, LAYERS, load)
                .attentionSeconds();
    }
}
