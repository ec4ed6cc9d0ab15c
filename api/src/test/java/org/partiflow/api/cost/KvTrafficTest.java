package org.partiflow.api.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.partiflow.api.Fixtures;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.cluster.SharedLinks;
import org.partiflow.api.model.Precision;
import org.partiflow.api.model.TransformerModel;

class KvTrafficTest {
    /** 80 layers x 2 x 8 KV heads x 128 x 2 bytes. */
    private static final double TOKEN = 327_680;

    private final Cluster cluster = Fixtures.threeNodes();
    private final SharedLinks shared = new SharedLinks(cluster);

    private static KvTraffic.Holder holder(int first, int layers, int... gpus) {
        return new KvTraffic.Holder(gpus, first, layers);
    }

    private KvTraffic traffic(List<KvTraffic.Holder> from, List<KvTraffic.Holder> to) {
        return KvTraffic.between(Fixtures.llama70b(), KvProtocol.DEFAULT, shared, from, to);
    }

    private double load(KvTraffic traffic, String link) {
        for (int i = 0; i < traffic.links().size(); i++) {
            if (shared.id(traffic.links().get(i)).equals(link)) {
                return traffic.bytesPerToken().get(i);
            }
        }
        return 0;
    }

    @Test
    void betweenTwoNodesEverythingCrossesBothNics() {
        KvTraffic traffic = traffic(List.of(holder(0, 80, 0, 1)), List.of(holder(0, 80, 2, 3)));
        assertThat(traffic.connected()).isTrue();
        assertThat(load(traffic, "a/nic-out")).isEqualTo(TOKEN);
        assertThat(load(traffic, "b/nic-in")).isEqualTo(TOKEN);
        // 0.8 of 5 GB/s for prompts of 1,000 tokens.
        double rate = traffic.capacityRequestsPerSecond(shared, KvProtocol.DEFAULT, 1000);
        assertThat(rate).isCloseTo(4e9 / (TOKEN * 1000), within(1e-9));
    }

    @Test
    void layersAreMatchedSoThatOnlyThoseElsewhereCross() {
        // Layers 0-39 stay on node b, layers 40-79 go from a to b.
        KvTraffic traffic =
                traffic(List.of(holder(0, 40, 2), holder(40, 40, 0)), List.of(holder(0, 60, 3), holder(60, 20, 3)));
        assertThat(load(traffic, "b/0/out")).isEqualTo(TOKEN / 2);
        assertThat(load(traffic, "a/nic-out")).isEqualTo(TOKEN / 2);
    }

    @Test
    void headsAreSharedOutOverUnequalDegrees() {
        KvTraffic traffic = traffic(List.of(holder(0, 80, 0, 1)), List.of(holder(0, 80, 4)));
        assertThat(load(traffic, "z0=>z1")).isEqualTo(TOKEN);
        KvTraffic back = traffic(List.of(holder(0, 80, 2)), List.of(holder(0, 80, 0, 1)));
        assertThat(load(back, "b/nic-out")).isEqualTo(TOKEN);
    }

    @Test
    void ranksBeyondTheKvHeadsReceiveCopies() {
        TransformerModel model = Fixtures.deepseekV3();
        KvTraffic latent = KvTraffic.between(
                model, KvProtocol.DEFAULT, shared, List.of(holder(0, 61, 0)), List.of(holder(0, 61, 2, 3)));
        assertThat(load(latent, "a/nic-out")).isEqualTo(2 * 70_272.0);
    }

    @Test
    void anEncodingShrinksWhatCrossesButNeverGrowsIt() {
        KvProtocol fp8 = new KvProtocol(
                KvTransport.NVLINK_P2P,
                KvTransport.PCIE_P2P,
                KvTransport.RDMA_GDR,
                KvProtocol.Schedule.BULK,
                KvProtocol.Encoding.FP8);
        List<KvTraffic.Holder> from = List.of(holder(0, 80, 0));
        List<KvTraffic.Holder> to = List.of(holder(0, 80, 2));
        assertThat(load(KvTraffic.between(Fixtures.llama70b(), fp8, shared, from, to), "a/nic-out"))
                .isEqualTo(TOKEN / 2);
        TransformerModel stored8 = Fixtures.llama70b().withPrecision(Precision.FP16, Precision.FP8);
        assertThat(load(KvTraffic.between(stored8, fp8, shared, from, to), "a/nic-out"))
                .isEqualTo(TOKEN / 2);
        assertThat(fp8.nameOn(shared.kind(shared.path(0, 2)[0]), Precision.FP16))
                .isEqualTo("rdma-gdr/bulk/fp8");
    }

    @Test
    void unconnectedGroupsHaveNoCapacity() {
        Cluster apart = new Cluster(
                "apart",
                List.of(Fixtures.node("a", 1, "z0", 5), Fixtures.node("b", 1, "z1", 5)),
                org.partiflow.api.cluster.Fabric.NIC_ONLY,
                List.of());
        SharedLinks links = new SharedLinks(apart);
        KvTraffic traffic = KvTraffic.between(
                Fixtures.llama70b(), KvProtocol.DEFAULT, links, List.of(holder(0, 80, 0)), List.of(holder(0, 80, 1)));
        assertThat(traffic.connected()).isFalse();
        assertThat(traffic.capacityRequestsPerSecond(links, KvProtocol.DEFAULT, 100))
                .isZero();
    }
}
