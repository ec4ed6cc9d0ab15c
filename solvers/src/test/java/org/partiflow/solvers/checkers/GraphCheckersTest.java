package org.partiflow.solvers.checkers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.partiflow.api.check.CheckTolerance;
import org.partiflow.api.check.PartitionChecker;
import org.partiflow.api.check.Violation;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.flow.FlowCertificate;
import org.partiflow.api.flow.FlowNetwork;
import org.partiflow.api.flow.MaxFlow;
import org.partiflow.api.graph.DeviceGraph;
import org.partiflow.api.graph.Partition;
import org.partiflow.api.graph.PartitionMetrics;
import org.partiflow.api.graph.PartitionRequest;
import org.partiflow.testkit.Graphs;

/** Partitions, flows and tolerances at the very edge of what is allowed. */
class GraphCheckersTest {
    private static final DeviceGraph FOUR =
            Graphs.of(new long[] {1, 2, 3, 1}, new long[][] {{0, 5, 1, 0}, {5, 0, 2, 0}, {1, 2, 0, 4}, {0, 0, 4, 0}});
    private static final boolean[] CUT = {true, false, false, false};

    private static Partition partition(int blocks, int... blockOf) {
        return new Partition(blockOf, blocks);
    }

    private static List<String> broken(int blocks, double imbalance, long least, Partition partition) {
        PartitionRequest request = new PartitionRequest(FOUR, blocks, imbalance, least, 1, SolveControl.unlimited());
        return PartitionChecker.violations(request, partition).stream()
                .map(Violation::toString)
                .toList();
    }

    @Test
    void metricsAreCountedByHand() {
        PartitionMetrics metrics = PartitionMetrics.of(FOUR, partition(2, 0, 0, 1, 1));
        assertThat(metrics.cut()).isEqualTo(3);
        assertThat(metrics.heaviestBlock()).isEqualTo(4);
        assertThat(metrics.lightestBlock()).isEqualTo(3);
        // 7 in two blocks: the share is 4, rounded up.
        assertThat(metrics.imbalance()).isCloseTo(0, within(1e-15));
        PartitionMetrics uneven = PartitionMetrics.of(FOUR, partition(3, 0, 0, 0, 1));
        assertThat(uneven.cut()).isEqualTo(4);
        assertThat(uneven.lightestBlock()).isZero();
        assertThat(uneven.imbalance()).isCloseTo(1, within(1e-15));
        assertThat(PartitionMetrics.of(FOUR, partition(1, 0, 0, 0, 0)).cut()).isZero();
        assertThatThrownBy(() -> PartitionMetrics.of(FOUR, partition(1, 0, 0, 0)))
                .hasMessage("the partition covers 3 of 4 vertices");
    }

    @Test
    void blocksMayWeighAsMuchAsTheLimitsSay() {
        assertThat(broken(2, 0, 3, partition(2, 0, 0, 1, 1))).isEmpty();
        assertThat(broken(2, 0, 4, partition(2, 0, 0, 1, 1)))
                .containsExactly("block 0: weighs 3, needs 4 [least-weight]");
        assertThat(broken(2, 0.25, 0, partition(2, 0, 1, 1, 0))).isEmpty();
        assertThat(broken(2, 0.24, 0, partition(2, 0, 1, 1, 0))).containsExactly("block 1: weighs 5 of 4 [balance]");
        assertThat(broken(3, 9, 0, partition(3, 0, 0, 1, 1)))
                .containsExactly("block 2: weighs 0, needs 1 [least-weight]");
    }

    @Test
    void sizesMustAgree() {
        assertThat(broken(2, 9, 0, partition(3, 0, 0, 1, 1)))
                .containsExactly("partition: 4 vertices in 3 blocks; asked for 4 in 2 [size]");
        assertThat(broken(2, 9, 0, partition(2, 0, 0, 1)))
                .containsExactly("partition: 3 vertices in 2 blocks; asked for 4 in 2 [size]");
    }

    /** Source 0, sink 3; 0-1 of 2, 0-2 of 3, 1-3 of 4, 2-3 of 5, and 3-0 of 6 against the current. */
    private static FlowNetwork network() {
        FlowNetwork.Builder builder = FlowNetwork.builder(4, 0, 3);
        builder.addArc(0, 1, 2);
        builder.addArc(0, 2, 3);
        builder.addArc(1, 3, 4);
        builder.addArc(2, 3, 5);
        builder.addArc(3, 0, 6);
        return builder.build();
    }

    private static List<String> flow(long value, boolean[] side, long... arcs) {
        return FlowCertificate.violations(network(), new MaxFlow(value, arcs, side));
    }

    @Test
    void aMaximalFlowIsProven() {
        assertThat(flow(5, CUT, 2, 3, 2, 3, 0)).isEmpty();
        // What flows back counts against the value.
        assertThat(flow(5, CUT, 2, 3, 2, 3, 1)).isNotEmpty();
        assertThat(flow(4, CUT, 2, 3, 2, 3, 1)).containsExactly("the cut has capacity 5, not 4");
    }

    @Test
    void flawsOfFlowsAreNamed() {
        assertThat(flow(6, CUT, 3, 3, 3, 3, 0))
                .containsExactly("arc 0 carries 3 of 2", "the cut has capacity 5, not 6");
        assertThat(flow(1, CUT, -1, 2, -1, 2, 0))
                .containsExactly("arc 0 carries -1 of 2", "arc 2 carries -1 of 4", "the cut has capacity 5, not 1");
        assertThat(flow(5, CUT, 2, 3, 1, 4, 0))
                .containsExactly("vertex 1 does not conserve flow: 1", "vertex 2 does not conserve flow: -1");
        assertThat(flow(4, CUT, 2, 2, 2, 3, 0))
                .contains("vertex 2 does not conserve flow: -1", "the value is 4 but the sink receives 5");
        assertThat(flow(5, CUT, 2, 2, 2, 3, 0)).contains("the value is 5 but the sink receives 5");
    }

    @Test
    void theCutSeparates() {
        assertThat(flow(5, new boolean[] {false, false, false, false}, 2, 3, 2, 3, 0))
                .containsExactly("the cut does not separate source and sink");
        assertThat(flow(5, new boolean[] {true, true, true, true}, 2, 3, 2, 3, 0))
                .containsExactly("the cut does not separate source and sink");
        assertThat(flow(5, new boolean[] {true, true, false, false}, 2, 3, 2, 3, 0))
                .containsExactly("the cut has capacity 7, not 5");
    }

    @Test
    void resultsHaveTheNetworksSize() {
        String wrong = "the result has another size than the network";
        assertThat(flow(5, CUT, 2, 3, 2, 3)).containsExactly(wrong);
        assertThat(flow(5, new boolean[] {true, false, false}, 2, 3, 2, 3, 0)).containsExactly(wrong);
    }

    @Test
    void tolerancesIncludeTheirEdge() {
        CheckTolerance tolerance = new CheckTolerance(0.5, 1);
        assertThat(tolerance.same(4, 2)).isTrue();
        assertThat(tolerance.same(4.001, 2)).isFalse();
        assertThat(tolerance.same(0, 2)).isTrue();
        assertThat(tolerance.same(-0.001, 2)).isFalse();
        assertThat(tolerance.same(-4, -2)).isTrue();
        assertThat(tolerance.same(-4.001, -2)).isFalse();
        assertThat(tolerance.same(Double.NaN, 2)).isFalse();
        assertThat(tolerance.same(2, Double.NaN)).isFalse();
        assertThat(tolerance.atMost(4, 2)).isTrue();
        assertThat(tolerance.atMost(4.001, 2)).isFalse();
        assertThat(tolerance.atMost(0, -2)).isTrue();
        assertThat(tolerance.atMost(0.001, -2)).isFalse();
        assertThat(tolerance.atMost(Double.NaN, 2)).isFalse();
    }
}
