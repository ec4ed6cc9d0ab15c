package org.partiflow.api.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.partiflow.api.Fixtures;
import org.partiflow.api.check.PartitionChecker;
import org.partiflow.api.check.Violation;
import org.partiflow.api.control.SolveControl;

class PartitionTest {
    private final ClusterGraph graph = new ClusterGraph(Fixtures.threeNodes());

    private PartitionRequest request(int blocks, double imbalance, long least) {
        return new PartitionRequest(graph, blocks, imbalance, least, 1, SolveControl.unlimited());
    }

    @Test
    void metricsAreThoseOfTheCluster() {
        PartitionMetrics metrics = PartitionMetrics.of(graph, new Partition(new int[] {0, 0, 1, 1, 1}, 2));
        // a-b: 4 pairs at 5 GB/s; a-c: 2 pairs at 1 GB/s.
        assertThat(metrics.cut()).isEqualTo(22_000_000_000L);
        assertThat(metrics.heaviestBlock()).isEqualTo(240_000_000_000L);
        assertThat(metrics.imbalance()).isCloseTo(0.2, org.assertj.core.api.Assertions.within(1e-12));
    }

    @Test
    void theCheckerNamesEveryBrokenLimit() {
        Partition partition = new Partition(new int[] {0, 0, 0, 0, 1}, 3);
        assertThat(PartitionChecker.violations(request(3, 0.1, 160_000_000_000L), partition))
                .extracting(Violation::rule)
                .containsExactlyInAnyOrder("balance", "least-weight", "least-weight");
        assertThat(PartitionChecker.violations(request(2, 0.1, 0), partition))
                .extracting(Violation::rule)
                .containsExactly("size");
        assertThat(PartitionChecker.violations(request(2, 0.2, 0), new Partition(new int[] {0, 0, 1, 1, 1}, 2)))
                .isEmpty();
    }

    @Test
    void outOfRangeIsRefused() {
        assertThatThrownBy(() -> new Partition(new int[] {0, 2}, 2)).hasMessageContaining("block 2");
        assertThatThrownBy(() -> request(6, 0, 0)).hasMessageContaining("blocks must be in [1, 5]");
    }
}
