package org.partiflow.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.cluster.Fabric;
import org.partiflow.api.cluster.GpuType;
import org.partiflow.api.cluster.Link;
import org.partiflow.api.cluster.LinkKind;
import org.partiflow.api.cluster.Nic;
import org.partiflow.api.cluster.Node;
import org.partiflow.api.cluster.NodeLink;
import org.partiflow.api.cluster.ZoneLink;
import org.partiflow.api.unit.Bandwidth;
import org.partiflow.api.unit.ComputeRate;
import org.partiflow.api.unit.DataSize;

/**
 * Clusters to test with: fixtures with the figures of the shipped scenarios, and a generator. Stateless and thread-safe.
 */
public final class Clusters {
    /** H100 SXM, 80 GB. */
    public static final GpuType H100_SXM = gpu("H100-SXM-80GB", 80, 3350, 989.5, 1979, 3.69);
    /** A100 SXM, 80 GB. */
    public static final GpuType A100_SXM = gpu("A100-SXM-80GB", 80, 2039, 312, 0, 1.89);
    /** A100 PCIe, 80 GB. */
    public static final GpuType A100_PCIE = gpu("A100-PCIe-80GB", 80, 1935, 312, 0, 1.64);
    /** L40, 48 GB. */
    public static final GpuType L40 = gpu("L40", 48, 864, 181.05, 362, 1.14);
    /** RTX A6000, 48 GB. */
    public static final GpuType A6000 = gpu("A6000", 48, 768, 154.8, 0, 0.79);
    /** RTX 3090, 24 GB. */
    public static final GpuType RTX_3090 = gpu("RTX-3090", 24, 936, 71, 0, 0.22);

    private static final List<GpuType> TYPES = List.of(H100_SXM, A100_SXM, A100_PCIE, L40, A6000, RTX_3090);
    private static final List<GpuType> SERVER_TYPES = List.of(H100_SXM, A100_SXM, L40, A6000);
    private static final Nic NIC = new Nic(Bandwidth.ofGigabitsPerSecond(40), Duration.ofNanos(10_000));
    private static final Link NVSWITCH =
            new Link(LinkKind.NVSWITCH, Bandwidth.ofGigabytesPerSecond(450), Duration.ofNanos(3_000));
    private static final Link PCIE =
            new Link(LinkKind.PCIE, Bandwidth.ofGigabytesPerSecond(32), Duration.ofNanos(8_000));
    private static final double LEAST_BYTES_PER_SECOND = 1.25e7;
    private static final double MOST_BYTES_PER_SECOND = 900e9;
    private static final int BANDWIDTH_STEPS = 1000;
    private static final int MAX_GPUS = 64;

    private Clusters() {}

    /** Eight H100 in one node: the scenario {@code h100-8}. */
    public static Cluster homogeneous8() {
        return new Cluster("h100-8", List.of(node("h0", H100_SXM, 8, "z0", NVSWITCH)), Fabric.NIC_ONLY, List.of());
    }

    /** Twenty GPUs of four types in one zone: the scenario {@code mixed-20}. */
    public static Cluster mixed20() {
        return new Cluster("mixed-20", twenty("z0"), Fabric.NIC_ONLY, List.of());
    }

    /** {@link #mixed20()} over two zones with a thin link between: the scenario {@code two-zones-20}. */
    public static Cluster twoZones20() {
        ZoneLink thin = new ZoneLink("z0", "z1", Bandwidth.ofGigabitsPerSecond(2), Duration.ofMillis(5));
        Fabric fabric = new Fabric(Duration.ofNanos(20_000), List.of(thin));
        return new Cluster("two-zones-20", twenty("z1"), fabric, List.of());
    }

    /** Twenty-two GPUs without any NVLink: the scenario {@code mixed-22}. */
    public static Cluster mixed22() {
        return new Cluster(
                "mixed-22",
                List.of(
                        node("a0", A100_PCIE, 4, "z0", PCIE),
                        node("a1", A100_PCIE, 4, "z0", PCIE),
                        node("l0", L40, 8, "z0", PCIE),
                        node("x0", A6000, 6, "z0", PCIE)),
                Fabric.NIC_ONLY,
                List.of());
    }

    /** A node with a 40 Gbit/s NIC at its type's list price. */
    public static Node node(String id, GpuType gpu, int count, String zone, Link intraNode) {
        return new Node(id, gpu, count, zone, intraNode, NIC, gpu.pricePerHourUsd());
    }

    /**
     * A large regular cluster: nodes of 8 GPUs, types and zones in turn, zones linked by 10 Gbit/s.
     *
     * @param nodes number of nodes, at least 1
     * @param zones number of zones, at least 1
     */
    public static Cluster nodesOfEight(int nodes, int zones) {
        List<Node> list = new ArrayList<>();
        for (int i = 0; i < nodes; i++) {
            GpuType type = TYPES.get(i % TYPES.size());
            list.add(node("n" + i, type, 8, "z" + i % zones, i % TYPES.size() < 2 ? NVSWITCH : PCIE));
        }
        Fabric fabric = new Fabric(Duration.ZERO, pairs(zones, Bandwidth.ofGigabitsPerSecond(10)));
        return new Cluster("regular-" + 8 * nodes, list, fabric, List.of());
    }

    /**
     * A mixed data centre: nodes of eight H100, A100, L40 or A6000 in turn, NICs of 100 Gbit/s, zones filled in turn by
     * four nodes each and linked by 50 Gbit/s, pair by pair.
     *
     * @param nodes number of nodes, at least 1
     * @param zones number of zones, at least 1
     */
    public static Cluster dataCentre(int nodes, int zones) {
        Nic nic = new Nic(Bandwidth.ofGigabitsPerSecond(100), Duration.ofNanos(5_000));
        List<Node> list = new ArrayList<>();
        for (int i = 0; i < nodes; i++) {
            GpuType type = SERVER_TYPES.get(i % SERVER_TYPES.size());
            Link link = i % SERVER_TYPES.size() < 2 ? NVSWITCH : PCIE;
            String zone = "z" + i / SERVER_TYPES.size() % zones;
            list.add(new Node("n" + i, type, 8, zone, link, nic, type.pricePerHourUsd()));
        }
        Fabric fabric = new Fabric(Duration.ofNanos(10_000), pairs(zones, Bandwidth.ofGigabitsPerSecond(50)));
        return new Cluster("data-centre-" + 8 * nodes, list, fabric, List.of());
    }

    private static List<ZoneLink> pairs(int zones, Bandwidth bandwidth) {
        List<ZoneLink> between = new ArrayList<>();
        for (int a = 0; a < zones; a++) {
            for (int b = a + 1; b < zones; b++) {
                between.add(new ZoneLink("z" + a, "z" + b, bandwidth, Duration.ofMillis(1)));
            }
        }
        return between;
    }

    /**
     * Any cluster of 1 to 64 GPUs of 1 to 6 types, 1 to 8 per node, in 1 to 3 zones; links from 0.1 Gbit/s to 900 GB/s,
     * log-uniform; zone links present or absent; sometimes exceptions by node pair.
     */
    public static Arbitrary<Cluster> any() {
        return any(MAX_GPUS);
    }

    /** As {@link #any()}, with at most {@code maxGpus} GPUs. */
    public static Arbitrary<Cluster> any(int maxGpus) {
        return Combinators.combine(
                        nodeSpecs(maxGpus),
                        pairSpecs(2),
                        zoneSpecs(),
                        Arbitraries.integers().between(1, 3))
                .as((nodes, exceptions, zones, zoneCount) -> build(nodes, exceptions, zones, zoneCount, maxGpus));
    }

    /** Link rates between 0.1 Gbit/s and 900 GB/s, log-uniform, whole bytes per second. */
    public static Arbitrary<Bandwidth> bandwidths() {
        return Arbitraries.integers().between(0, BANDWIDTH_STEPS).map(step -> {
            double ratio = MOST_BYTES_PER_SECOND / LEAST_BYTES_PER_SECOND;
            return new Bandwidth(Math.rint(LEAST_BYTES_PER_SECOND * Math.pow(ratio, step / (double) BANDWIDTH_STEPS)));
        });
    }

    private record NodeSpec(int type, int count, int zone, Bandwidth intraNode, Bandwidth nic) {}

    private record PairSpec(int a, int b, Bandwidth bandwidth) {}

    private static Arbitrary<List<NodeSpec>> nodeSpecs(int maxGpus) {
        return Combinators.combine(
                        Arbitraries.integers().between(0, TYPES.size() - 1),
                        Arbitraries.integers().between(1, 8),
                        Arbitraries.integers().between(0, 2),
                        bandwidths(),
                        bandwidths())
                .as(NodeSpec::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(Math.min(16, maxGpus));
    }

    private static Arbitrary<List<PairSpec>> pairSpecs(int most) {
        Arbitrary<Integer> index = Arbitraries.integers().between(0, 15);
        return Combinators.combine(index, index, bandwidths())
                .as(PairSpec::new)
                .list()
                .ofMaxSize(most);
    }

    private static Arbitrary<List<PairSpec>> zoneSpecs() {
        Arbitrary<Integer> index = Arbitraries.integers().between(0, 2);
        return Combinators.combine(index, index, bandwidths())
                .as(PairSpec::new)
                .list()
                .ofMaxSize(4);
    }

    private static Cluster build(
            List<NodeSpec> specs, List<PairSpec> exceptions, List<PairSpec> zoneLinks, int zoneCount, int maxGpus) {
        List<Node> nodes = new ArrayList<>();
        int left = maxGpus;
        for (NodeSpec spec : specs) {
            int count = Math.min(left, spec.count());
            if (count > 0) {
                nodes.add(node(nodes.size(), spec, count, zoneCount));
                left -= count;
            }
        }
        Map<String, ZoneLink> between = new TreeMap<>();
        for (PairSpec pair : zoneLinks) {
            int low = Math.min(pair.a(), pair.b());
            int high = Math.max(pair.a(), pair.b());
            if (low < high && high < zoneCount) {
                between.put(
                        low + "-" + high, new ZoneLink("z" + low, "z" + high, pair.bandwidth(), Duration.ofMillis(2)));
            }
        }
        Map<String, NodeLink> links = new TreeMap<>();
        for (PairSpec pair : exceptions) {
            int low = Math.min(pair.a(), pair.b()) % nodes.size();
            int high = Math.max(pair.a(), pair.b()) % nodes.size();
            if (low < high) {
                links.put(
                        low + "-" + high,
                        new NodeLink("n" + low, "n" + high, pair.bandwidth(), Duration.ofNanos(15_000)));
            }
        }
        Fabric fabric = new Fabric(Duration.ofNanos(20_000), List.copyOf(between.values()));
        return new Cluster("generated", nodes, fabric, List.copyOf(links.values()));
    }

    private static Node node(int index, NodeSpec spec, int count, int zones) {
        GpuType type = TYPES.get(spec.type());
        LinkKind kind = spec.intraNode().bytesPerSecond() > 128e9 ? LinkKind.NVSWITCH : LinkKind.PCIE;
        return new Node(
                "n" + index,
                type,
                count,
                "z" + spec.zone() % zones,
                new Link(kind, spec.intraNode(), Duration.ofNanos(5_000)),
                new Nic(spec.nic(), Duration.ofNanos(10_000)),
                type.pricePerHourUsd());
    }

    private static List<Node> twenty(String secondZone) {
        return List.of(
                node("h0", H100_SXM, 2, "z0", NVSWITCH),
                node("a0", A100_PCIE, 4, "z0", PCIE),
                node("a1", A100_PCIE, 2, secondZone, PCIE),
                node("l0", L40, 4, secondZone, PCIE),
                node("x0", A6000, 8, "z0", PCIE));
    }

    private static GpuType gpu(
            String name, double gigabytes, double gigabytesPerSecond, double fp16, double fp8, double usdPerHour) {
        return new GpuType(
                name,
                DataSize.ofGigabytes(gigabytes),
                Bandwidth.ofGigabytesPerSecond(gigabytesPerSecond),
                ComputeRate.ofTeraflops(fp16),
                ComputeRate.ofTeraflops(fp8),
                usdPerHour,
                "vendor datasheet, dense rates; prices of the shipped scenarios, RTX 3090: a round figure");
    }
}
