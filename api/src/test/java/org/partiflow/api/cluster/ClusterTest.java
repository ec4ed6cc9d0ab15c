package org.partiflow.api.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.partiflow.api.Fixtures;
import org.partiflow.api.unit.Bandwidth;

class ClusterTest {
    private static NodeLink link(double gigabytes) {
        return new NodeLink("a", "b", Bandwidth.ofGigabytesPerSecond(gigabytes), Duration.ofNanos(5000));
    }

    @Test
    void gpusAreNumberedNodeByNode() {
        Cluster cluster = Fixtures.threeNodes();
        assertThat(cluster.gpuCount()).isEqualTo(5);
        assertThat(cluster.gpuName(3)).isEqualTo("b/1");
        assertThat(cluster.findGpu("b/1")).hasValue(3);
        for (String absent : List.of("b/2", "b/-1", "b/01", "d/0", "b", "")) {
            assertThat(cluster.findGpu(absent)).as(absent).isEmpty();
        }
    }

    @Test
    void aTransferSeesTheSlowestOfNicsAndZoneLink() {
        Cluster cluster = Fixtures.threeNodes();
        assertThat(cluster.link(0, 1).bytesPerSecond()).isEqualTo(32e9);
        assertThat(cluster.link(0, 2).bytesPerSecond()).isEqualTo(5e9);
        assertThat(cluster.link(0, 2).latency()).isEqualTo(Duration.ofNanos(40_000));
        assertThat(cluster.link(0, 4).bytesPerSecond()).isEqualTo(1e9);
        assertThat(cluster.link(0, 4).latency()).isEqualTo(Duration.ofNanos(1_020_000));
    }

    @Test
    void zonesWithoutALinkAreNotConnected() {
        Cluster cluster = new Cluster(
                "apart",
                List.of(Fixtures.node("a", 1, "z0", 5), Fixtures.node("b", 1, "z1", 5)),
                Fabric.NIC_ONLY,
                List.of());
        assertThat(cluster.link(0, 1).bytesPerSecond()).isZero();
        assertThat(new SharedLinks(cluster).path(0, 1)).isEmpty();
    }

    @Test
    void sharedLinksOfAPathAreNamedInOrder() {
        SharedLinks shared = new SharedLinks(Fixtures.threeNodes());
        assertThat(names(shared, shared.path(0, 1))).containsExactly("a/0/out", "a/1/in");
        assertThat(names(shared, shared.path(0, 2))).containsExactly("a/nic-out", "b/nic-in");
        assertThat(names(shared, shared.path(4, 0))).containsExactly("c/nic-out", "z1=>z0", "a/nic-in");
    }

    @Test
    void aSlowNodeLinkCapsTheNicsAndAFastOneBypassesThem() {
        SharedLinks slow = new SharedLinks(Fixtures.threeNodes(link(4)));
        assertThat(names(slow, slow.path(0, 2))).containsExactly("a/nic-out", "a=>b", "b/nic-in");
        SharedLinks fast = new SharedLinks(Fixtures.threeNodes(link(50)));
        assertThat(names(fast, fast.path(2, 0))).containsExactly("b=>a");
        assertThat(Fixtures.threeNodes(link(50)).link(0, 2).bytesPerSecond()).isEqualTo(50e9);
    }

    @Test
    void brokenClustersAreRefused() {
        Node a = Fixtures.node("a", 1, "z", 5);
        assertThatThrownBy(() -> new Cluster("none", List.of(), Fabric.NIC_ONLY, List.of()))
                .hasMessageContaining("has no node");
        assertThatThrownBy(() -> new Cluster("twice", List.of(a, a), Fabric.NIC_ONLY, List.of()))
                .hasMessageContaining("'a' is used twice");
        assertThatThrownBy(() -> new Cluster("link", List.of(a), Fabric.NIC_ONLY, List.of(link(1))))
                .hasMessageContaining("not in the cluster");
        ZoneLink zones = new ZoneLink("y", "z", new Bandwidth(1), Duration.ZERO);
        ZoneLink again = new ZoneLink("z", "y", new Bandwidth(2), Duration.ZERO);
        Fabric doubled = new Fabric(Duration.ZERO, List.of(zones, again));
        assertThatThrownBy(() -> new Cluster("zones", List.of(a), doubled, List.of()))
                .hasMessageContaining("linked twice");
        assertThatThrownBy(() -> Fixtures.node("n", 0, "z", 5)).hasMessageContaining("at least one GPU");
    }

    private static List<String> names(SharedLinks shared, int[] path) {
        return java.util.Arrays.stream(path).mapToObj(shared::id).toList();
    }
}
