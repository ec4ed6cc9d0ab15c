package org.partiflow.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.partiflow.io.Samples.value;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
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

class ClusterFileProperties {
    private static final List<String> NAMES =
            List.of("no", "1", "0x1F", "~", "a: b", "ü", "1e3", "#x", "- y", "null", "h0", "\"");

    @Property(tries = 300, seed = "20261125")
    void whatIsWrittenReadsBackEqual(@ForAll("clusters") Cluster cluster) {
        byte[] written = new ClusterWriter().toBytes(cluster);

        Cluster read = value(new ClusterReader().read("c.yaml", written));

        assertThat(read.name()).isEqualTo(cluster.name());
        assertThat(read.nodes()).isEqualTo(cluster.nodes());
        assertThat(read.fabric()).isEqualTo(cluster.fabric());
        assertThat(read.links()).isEqualTo(cluster.links());
        assertThat(new ClusterWriter().toBytes(read)).isEqualTo(written);
    }

    @Property(tries = 300, seed = "20261125")
    void damagedFilesGiveProblemsNotExceptions(@ForAll("clusters") Cluster cluster, @ForAll Random random) {
        byte[] content = new ClusterWriter().toBytes(cluster);
        for (int i = 0; i < 3; i++) {
            content[random.nextInt(content.length)] = (byte) random.nextInt(256);
        }
        var read = new ClusterReader().read(random.nextBoolean() ? "c.yaml" : "c.json", content);
        assertThat(read.isValid() || !read.getError().isEmpty()).isTrue();
    }

    @Provide
    Arbitrary<Cluster> clusters() {
        return Arbitraries.randomValue(ClusterFileProperties::cluster);
    }

    private static Cluster cluster(Random random) {
        GpuType own = new GpuType(
                "Own",
                new DataSize(1 + random.nextInt(Integer.MAX_VALUE)),
                bandwidth(random),
                new ComputeRate(1 + random.nextDouble() * 1e15),
                new ComputeRate(random.nextInt(2) * 1e14),
                random.nextDouble() * 10,
                "a test");
        List<Node> nodes = new ArrayList<>();
        int count = 1 + random.nextInt(NAMES.size());
        for (int i = 0; i < count; i++) {
            GpuType gpu = random.nextBoolean() ? own : Catalogue.gpuTypes().get(random.nextInt(20));
            Link link = new Link(LinkKind.values()[random.nextInt(3)], bandwidth(random), latency(random));
            Nic nic = new Nic(bandwidth(random), latency(random));
            String zone = NAMES.get(random.nextInt(2));
            nodes.add(
                    new Node(NAMES.get(i), gpu, 1 + random.nextInt(8), zone, link, nic, random.nextInt(1000) / 100.0));
        }
        List<String> zones = nodes.stream().map(Node::zone).distinct().toList();
        List<ZoneLink> between = zones.size() < 2
                ? List.of()
                : List.of(new ZoneLink(zones.get(0), zones.get(1), bandwidth(random), latency(random)));
        List<NodeLink> links = count < 2
                ? List.of()
                : List.of(new NodeLink(NAMES.get(0), NAMES.get(count - 1), bandwidth(random), latency(random)));
        return new Cluster("generated", nodes, new Fabric(latency(random), between), links);
    }

    private static Bandwidth bandwidth(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> Bandwidth.ofGigabitsPerSecond(1 + random.nextInt(400));
            case 1 -> Bandwidth.ofGigabytesPerSecond(1 + random.nextInt(9000) / 10.0);
            default -> new Bandwidth(random.nextDouble() * 1e12);
        };
    }

    private static Duration latency(Random random) {
        return Duration.ofNanos(random.nextBoolean() ? random.nextInt(1_000_000) : random.nextInt(50) * 1000L);
    }
}
