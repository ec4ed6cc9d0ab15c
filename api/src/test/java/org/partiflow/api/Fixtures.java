package org.partiflow.api;

import java.time.Duration;
import java.util.List;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.cluster.Fabric;
import org.partiflow.api.cluster.GpuType;
import org.partiflow.api.cluster.Link;
import org.partiflow.api.cluster.LinkKind;
import org.partiflow.api.cluster.Nic;
import org.partiflow.api.cluster.Node;
import org.partiflow.api.cluster.NodeLink;
import org.partiflow.api.cluster.ZoneLink;
import org.partiflow.api.model.Attention;
import org.partiflow.api.model.FeedForward;
import org.partiflow.api.model.Precision;
import org.partiflow.api.model.TransformerModel;
import org.partiflow.api.unit.Bandwidth;
import org.partiflow.api.unit.ComputeRate;
import org.partiflow.api.unit.DataSize;

/** Small clusters and models of the tests in this module. */
public final class Fixtures {
    /** 80 GB, 2 TB/s, 300 TFLOP/s, 2 USD/h. */
    public static final GpuType BIG = new GpuType(
            "big",
            DataSize.ofGigabytes(80),
            Bandwidth.ofGigabytesPerSecond(2000),
            ComputeRate.ofTeraflops(300),
            new ComputeRate(0),
            2,
            "test");

    private Fixtures() {}

    /** A node of BIG GPUs: PCIe at 32 GB/s, NIC at {@code gigabytes} GB/s and 10 us. */
    public static Node node(String id, int count, String zone, double gigabytes) {
        Link pcie = new Link(LinkKind.PCIE, Bandwidth.ofGigabytesPerSecond(32), Duration.ofNanos(8000));
        Nic nic = new Nic(Bandwidth.ofGigabytesPerSecond(gigabytes), Duration.ofNanos(10_000));
        return new Node(id, BIG, count, zone, pcie, nic, 2);
    }

    /** Nodes a (2 GPUs), b (2) in zone z0 and c (1) in zone z1; NICs 5 GB/s; zones joined by 1 GB/s and 1 ms. */
    public static Cluster threeNodes(NodeLink... links) {
        ZoneLink zones = new ZoneLink("z0", "z1", Bandwidth.ofGigabytesPerSecond(1), Duration.ofMillis(1));
        return new Cluster(
                "three",
                List.of(node("a", 2, "z0", 5), node("b", 2, "z0", 5), node("c", 1, "z1", 5)),
                new Fabric(Duration.ofNanos(20_000), List.of(zones)),
                List.of(links));
    }

    /** Llama-2-70B. */
    public static TransformerModel llama70b() {
        return new TransformerModel(
                "llama-2-70b",
                80,
                8192,
                new Attention(64, 8, 128, null),
                new FeedForward(28672, true, null),
                32000,
                false,
                4096,
                Precision.FP16,
                Precision.FP16);
    }

    /** DeepSeek-V3's attention and experts. */
    public static TransformerModel deepseekV3() {
        return new TransformerModel(
                "deepseek-v3",
                61,
                7168,
                new Attention(128, 128, 128, new Attention.Latent(512, 1536, 64, 128)),
                new FeedForward(18432, true, new FeedForward.Experts(256, 8, 2048, 2048, 3, 1)),
                129280,
                false,
                163840,
                Precision.FP8,
                Precision.FP16);
    }
}
