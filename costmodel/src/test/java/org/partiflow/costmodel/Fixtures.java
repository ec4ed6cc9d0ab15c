package org.partiflow.costmodel;

import java.time.Duration;
import java.util.List;
import org.partiflow.api.cluster.GpuType;
import org.partiflow.api.cluster.Link;
import org.partiflow.api.cluster.LinkKind;
import org.partiflow.api.cost.StageHardware;
import org.partiflow.api.model.Attention;
import org.partiflow.api.model.FeedForward;
import org.partiflow.api.model.Precision;
import org.partiflow.api.model.TransformerModel;
import org.partiflow.api.unit.Bandwidth;
import org.partiflow.api.unit.ComputeRate;
import org.partiflow.api.unit.DataSize;

/** Datasheet GPUs and published model shapes. */
final class Fixtures {
    static final GpuType A100 = gpu("A100-SXM-80GB", 80, 2039, 312, 0);
    static final GpuType A100_40 = gpu("A100-SXM-40GB", 40, 1555, 312, 0);
    static final GpuType H100 = gpu("H100-SXM-80GB", 80, 3350, 989, 1978);
    static final GpuType L40S = gpu("L40S", 48, 864, 362, 733);
    static final GpuType L4 = gpu("L4", 24, 300, 121, 242);
    static final GpuType T4 = gpu("T4", 16, 320, 65, 0);
    static final GpuType A40 = gpu("A40", 48, 696, 149.7, 0);

    static final TransformerModel LLAMA_2_70B = llama("llama-2-70b", 80, 8192, 64, 8, 28672, 32000);
    static final TransformerModel LLAMA_31_70B = llama("llama-3.1-70b", 80, 8192, 64, 8, 28672, 128256);
    static final TransformerModel MIXTRAL = new TransformerModel(
            "mixtral-8x7b",
            32,
            4096,
            new Attention(32, 8, 128, null),
            new FeedForward(14336, true, new FeedForward.Experts(8, 2, 14336, 0, 0, 1)),
            32000,
            false,
            32768,
            Precision.BF16,
            Precision.BF16);
    static final TransformerModel DEEPSEEK_V3 = new TransformerModel(
            "deepseek-v3",
            61,
            7168,
            new Attention(128, 128, 128, new Attention.Latent(512, 1536, 64, 128)),
            new FeedForward(18432, true, new FeedForward.Experts(256, 8, 2048, 2048, 3, 1)),
            129280,
            false,
            163840,
            Precision.FP8,
            Precision.BF16);

    static final Link NVLINK_A100 = link(LinkKind.NVSWITCH, 300, 2);
    static final Link NVLINK_H100 = link(LinkKind.NVSWITCH, 450, 2);
    static final Link PCIE = link(LinkKind.PCIE, 16, 5);

    private Fixtures() {}

    static StageHardware hardware(GpuType gpu, int degree, Link link) {
        return new StageHardware(List.of(gpu), degree, link);
    }

    static GpuType gpu(String name, double gigabytes, double gigabytesPerSecond, double fp16, double fp8) {
        return new GpuType(
                name,
                DataSize.ofGigabytes(gigabytes),
                Bandwidth.ofGigabytesPerSecond(gigabytesPerSecond),
                ComputeRate.ofTeraflops(fp16),
                ComputeRate.ofTeraflops(fp8),
                1,
                "datasheet");
    }

    static Link link(LinkKind kind, double gigabytesPerSecond, long latencyMicros) {
        return new Link(
                kind, Bandwidth.ofGigabytesPerSecond(gigabytesPerSecond), Duration.ofNanos(1000 * latencyMicros));
    }

    private static TransformerModel llama(
            String name, int layers, int hidden, int heads, int kvHeads, int intermediate, int vocabulary) {
        return new TransformerModel(
                name,
                layers,
                hidden,
                new Attention(heads, kvHeads, hidden / heads, null),
                new FeedForward(intermediate, true, null),
                vocabulary,
                false,
                8192,
                Precision.FP16,
                Precision.FP16);
    }
}
