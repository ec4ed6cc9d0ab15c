package org.partiflow.costmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.partiflow.api.cluster.LinkKind;
import org.partiflow.api.cost.KvProtocol;
import org.partiflow.api.cost.KvTransport;

class KvProtocolsTest {
    @Test
    void aBareTransportKeepsTheOtherDefaults() {
        assertThat(KvProtocols.parse("rdma-gdr")).isEqualTo(KvProtocol.DEFAULT);
        assertThat(KvProtocols.parse("tcp").nameOn(LinkKind.NETWORK, org.partiflow.api.model.Precision.FP16))
                .isEqualTo("tcp/per-layer/fp16");
        assertThat(KvProtocols.parse("tcp").nvlink()).isEqualTo(KvTransport.NVLINK_P2P);
    }

    @Test
    void allThreePartsAreRead() {
        KvProtocol protocol = KvProtocols.parse("tcp/bulk/fp8");
        assertThat(protocol.network()).isEqualTo(KvTransports.TCP);
        assertThat(protocol.schedule()).isEqualTo(KvProtocol.Schedule.BULK);
        assertThat(protocol.encoding()).isEqualTo(KvProtocol.Encoding.FP8);
        assertThat(KvProtocols.parse("efa/per-chunk/fp16").encoding()).isEqualTo(KvProtocol.Encoding.AS_STORED);
    }

    @Test
    void aTransportAppliesToItsOwnKindOfLink() {
        assertThat(KvProtocols.parse("nvlink-nccl").nvlink()).isEqualTo(KvTransports.NVLINK_NCCL);
        assertThat(KvProtocols.parse("nvlink-nccl").network()).isEqualTo(KvTransport.RDMA_GDR);
        assertThat(KvProtocols.parse("host-staged").pcie()).isEqualTo(KvTransports.HOST_STAGED);
        assertThat(KvProtocols.parse("pcie-sys").pcie()).isEqualTo(KvTransports.PCIE_CROSS_SOCKET);
    }

    @Test
    void everyTransportCanBeNamedAndIsListed() {
        for (KvTransport transport : KvTransports.all()) {
            KvProtocol protocol = KvProtocols.parse(transport.name());
            assertThat(protocol.nvlink() == transport
                            || protocol.pcie() == transport
                            || protocol.network() == transport)
                    .as(transport.name())
                    .isTrue();
            assertThat(transport.source()).isNotBlank();
            assertThat(KvProtocols.names()).containsKey(transport.name());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rdma_gdr", "tcp/bukl", "tcp/bulk/fp9", "", "tcp/"})
    void unknownNamesListTheChoices(String name) {
        assertThatThrownBy(() -> KvProtocols.parse(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("did you mean")
                .hasMessageContaining("choose from");
    }

    @Test
    void theNearestNameIsSuggested() {
        assertThatThrownBy(() -> KvProtocols.parse("rdma_gdr")).hasMessageContaining("'rdma-gdr'");
        assertThatThrownBy(() -> KvProtocols.parse("tcp/bukl")).hasMessageContaining("'bulk'");
        assertThatThrownBy(() -> KvProtocols.parse("a/b/c/d")).hasMessageContaining("too many parts");
    }
}
