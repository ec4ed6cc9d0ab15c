package org.partiflow.costmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import org.junit.jupiter.api.Test;
import org.partiflow.api.cost.KvTransport;

/** Transfer times published by Mooncake's documentation (Apache-2.0), prompts of 128 tokens and its doublings. */
class MooncakeTransferTest {
    private static final double LINE_BYTES_PER_SECOND = 200e9;

    private static final double[] VLLM_MILLISECONDS = {0.54, 0.61, 0.92, 1.50, 2.51, 4.75, 8.84, 16.43, 31.65};
    private static final double[] SGLANG_MILLISECONDS = {2.07, 2.58, 2.98, 3.96, 6.43, 10.95, 20.31, 39.14, 76.78};

    /** Qwen3-8B: 36 layers, 8 KV heads of 128, 16 bits. */
    @Test
    void vllmWithQwen3Of8BillionParameters() {
        check(KvTransports.RDMA_VLLM_MOONCAKE, 2 * 2 * 36 * 8 * 128, VLLM_MILLISECONDS);
    }

    /** Qwen3-235B: 94 layers, 4 KV heads of 128, 16 bits; eight ranks hold every head twice. */
    @Test
    void sglangWithQwen3Of235BillionParameters() {
        check(KvTransports.RDMA_SGLANG_MOONCAKE, 2 * 2 * 94 * 4 * 128 * 2, SGLANG_MILLISECONDS);
    }

    private static void check(KvTransport transport, double bytesPerToken, double[] milliseconds) {
        for (int i = 0; i < milliseconds.length; i++) {
            double bytes = (128L << i) * bytesPerToken;
            double seconds = transport.baseSeconds() + bytes / (transport.efficiency() * LINE_BYTES_PER_SECOND);
            assertThat(1e3 * seconds).as("%d tokens", 128L << i).isCloseTo(milliseconds[i], withPercentage(7));
        }
    }
}
