package org.partiflow.api.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.partiflow.api.Fixtures;
import org.partiflow.api.cluster.Cluster;

class KvRecodingTest {
    private final Cluster cluster = Fixtures.threeNodes();

    private double seconds(KvProtocol.Encoding encoding) {
        KvProtocol base = KvProtocol.DEFAULT;
        KvProtocol protocol =
                new KvProtocol(base.nvlink(), base.pcie(), base.network(), KvProtocol.Schedule.BULK, encoding);
        return KvRecoding.secondsPerToken(
                Fixtures.llama70b(),
                protocol,
                cluster,
                List.of(new KvTraffic.Holder(new int[] {0, 1}, 0, 80)),
                List.of(new KvTraffic.Holder(new int[] {2}, 0, 20), new KvTraffic.Holder(new int[] {3}, 20, 60)));
    }

    /** Two senders share 80 layers of 4,096 bytes a token; of the receivers the one with 60 layers is the slower. */
    @Test
    void eachSideReadsOneFormatAndWritesTheOther() {
        double sender = 80 * 4096.0 / 2 / cluster.gpuType(0).memoryBandwidth().bytesPerSecond();
        double receiver = 60 * 4096.0 / cluster.gpuType(3).memoryBandwidth().bytesPerSecond();
        assertThat(seconds(KvProtocol.Encoding.FP8))
                .isCloseTo(1.5 * (sender + receiver) / KvRecoding.BANDWIDTH_SHARE, within(1e-15));
    }

    @Test
    void smallerFormatsTakeLessAndNoneTakesNothing() {
        assertThat(seconds(KvProtocol.Encoding.INT4)).isLessThan(seconds(KvProtocol.Encoding.FP8));
        assertThat(seconds(KvProtocol.Encoding.AS_STORED)).isZero();
    }
}
