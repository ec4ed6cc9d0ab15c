package org.partiflow.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.cluster.Fabric;
import org.partiflow.api.cluster.GpuType;
import org.partiflow.api.cluster.Link;
import org.partiflow.api.cluster.LinkKind;
import org.partiflow.api.cluster.Nic;
import org.partiflow.api.cluster.Node;
import org.partiflow.api.cluster.ZoneLink;
import org.partiflow.api.unit.Bandwidth;
import org.partiflow.io.Catalogue;

/** Generated mixed clusters of any size: nodes of 2 to 8 GPUs of four types, dealt to zones in turn. */
final class MixedClusters {
    private static final List<String> TYPES = List.of("H100-SXM-80GB", "A100-PCIe-80GB", "L40", "A6000");
    private static final int[][] COUNTS = {{8, 4, 8, 2}, {8, 4, 8, 4}, {4, 8, 4, 8}, {8, 4, 8, 8}};
    private static final int[] NIC_GIGABITS = {400, 100, 50, 50};

    private MixedClusters() {}

    /** A cluster of exactly {@code gpus} GPUs in {@code zones} zones, any two of which share 100 Gbit/s. */
    static Cluster of(int gpus, int zones) {
        List<Node> nodes = new ArrayList<>();
        int left = gpus;
        for (int i = 0; left > 0; i++) {
            int kind = i % TYPES.size();
            int count = Math.min(left, COUNTS[kind][i / TYPES.size() % COUNTS[kind].length]);
            nodes.add(node(i, kind, count, "z" + i / TYPES.size() % zones));
            left -= count;
        }
        List<ZoneLink> between = new ArrayList<>();
        for (int a = 0; a < zones; a++) {
            for (int b = a + 1; b < zones; b++) {
                between.add(new ZoneLink("z" + a, "z" + b, Bandwidth.ofGigabitsPerSecond(100), Duration.ofMillis(1)));
            }
        }
        return new Cluster(
                "mixed-" + gpus + "-z" + zones, nodes, new Fabric(Duration.ofNanos(20_000), between), List.of());
    }

    private static Node node(int index, int kind, int count, String zone) {
        GpuType type = Catalogue.findGpuType(TYPES.get(kind)).orElseThrow();
        Link inside = kind == 0
                ? new Link(LinkKind.NVSWITCH, Bandwidth.ofGigabytesPerSecond(450), Duration.ofNanos(3_000))
                : new Link(LinkKind.PCIE, Bandwidth.ofGigabytesPerSecond(32), Duration.ofNanos(8_000));
        Nic nic = new Nic(Bandwidth.ofGigabitsPerSecond(NIC_GIGABITS[kind]), Duration.ofNanos(10_000));
        return new Node("n" + index, type, count, zone, inside, nic, type.pricePerHourUsd());
    }
}
