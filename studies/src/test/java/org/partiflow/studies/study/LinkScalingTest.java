package org.partiflow.studies.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.cluster.Fabric;
import org.partiflow.api.cluster.Link;
import org.partiflow.api.cluster.LinkKind;
import org.partiflow.api.cluster.Nic;
import org.partiflow.api.cluster.Node;
import org.partiflow.api.cluster.NodeLink;
import org.partiflow.api.cluster.ZoneLink;
import org.partiflow.api.unit.Bandwidth;
import org.partiflow.io.Catalogue;

final class LinkScalingTest {
    private static final Cluster CLUSTER = new Cluster(
            "c",
            List.of(node("a", "z0"), node("b", "z0"), node("c", "z1")),
            new Fabric(
                    Duration.ZERO,
                    List.of(new ZoneLink("z0", "z1", Bandwidth.ofGigabitsPerSecond(8), Duration.ofMillis(1)))),
            List.of(new NodeLink("a", "b", Bandwidth.ofGigabitsPerSecond(400), Duration.ofNanos(5))));

    @Test
    void aFactorScalesEverythingBetweenNodes() {
        Cluster scaled = LinkScaling.parse("x1/4").apply(CLUSTER);
        assertThat(scaled.node(0).nic().bandwidth()).isEqualTo(Bandwidth.ofGigabitsPerSecond(10));
        assertThat(scaled.fabric().between().get(0).bandwidth()).isEqualTo(Bandwidth.ofGigabitsPerSecond(2));
        assertThat(scaled.links().get(0).bandwidth()).isEqualTo(Bandwidth.ofGigabitsPerSecond(100));
        assertThat(scaled.node(0).intraNode()).isEqualTo(CLUSTER.node(0).intraNode());
        assertThat(scaled.node(0).nic().latency())
                .isEqualTo(CLUSTER.node(0).nic().latency());
    }

    @Test
    void aCapLimitsOnlyWhatIsAboveIt() {
        Cluster capped = LinkScaling.parse("cap 10 Gbit/s").apply(CLUSTER);
        assertThat(capped.node(1).nic().bandwidth()).isEqualTo(Bandwidth.ofGigabitsPerSecond(10));
        assertThat(capped.links().get(0).bandwidth()).isEqualTo(Bandwidth.ofGigabitsPerSecond(10));
        assertThat(capped.fabric()).isEqualTo(CLUSTER.fabric());
    }

    @Test
    void allIncludesTheLinksInsideNodes() {
        assertThat(LinkScaling.parse("all x0.5")
                        .apply(CLUSTER)
                        .node(0)
                        .intraNode()
                        .bytesPerSecond())
                .isEqualTo(16e9);
    }

    @Test
    void oneTimesIsTheSameCluster() {
        Cluster same = LinkScaling.parse("x1").apply(CLUSTER);
        assertThat(same.nodes()).isEqualTo(CLUSTER.nodes());
        assertThat(same.links()).isEqualTo(CLUSTER.links());
        assertThat(same.fabric()).isEqualTo(CLUSTER.fabric());
    }

    @Test
    void otherTextsAreRefused() {
        for (String text : List.of("", "x", "x0", "x1/0", "1/2", "cap 10", "cap -1 Gbit/s", "all")) {
            assertThatThrownBy(() -> LinkScaling.parse(text)).as(text).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static Node node(String id, String zone) {
        return new Node(
                id,
                Catalogue.findGpuType("A40").orElseThrow(),
                2,
                zone,
                new Link(LinkKind.PCIE, Bandwidth.ofGigabytesPerSecond(32), Duration.ofNanos(5000)),
                new Nic(Bandwidth.ofGigabitsPerSecond(40), Duration.ofNanos(9000)),
                1);
    }
}
