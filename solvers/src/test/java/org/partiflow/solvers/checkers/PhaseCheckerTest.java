package org.partiflow.solvers.checkers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.partiflow.api.check.PhasePartitionChecker;
import org.partiflow.api.check.Violation;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.graph.Partition;
import org.partiflow.api.graph.PhaseGraph;
import org.partiflow.api.graph.PhaseMetrics;
import org.partiflow.api.graph.PhasePartitionRequest;

/** Phase partitions at the edge of what is allowed. */
class PhaseCheckerTest {
    /** Three groups that prefill 10, 20, 30 and decode 1, 2, 4; bandwidths 5, 6 and 7. */
    private static final PhaseGraph GRAPH = new PhaseGraph(
            new long[][] {{0, 5, 6}, {5, 0, 7}, {6, 7, 0}}, new long[] {10, 20, 30}, new long[] {1, 2, 4});

    private static List<String> broken(long least, int blocks, int... blockOf) {
        PhasePartitionRequest request = new PhasePartitionRequest(GRAPH, least, 1, SolveControl.unlimited());
        return PhasePartitionChecker.violations(request, new Partition(blockOf, blocks)).stream()
                .map(Violation::toString)
                .toList();
    }

    @Test
    void metricsAreCountedByHand() {
        PhaseMetrics metrics = PhaseMetrics.of(GRAPH, new Partition(new int[] {0, 1, 0}, 2));
        assertThat(metrics).isEqualTo(new PhaseMetrics(5 + 7, 40, 2));
        assertThat(metrics.supply()).isEqualTo(2);
        assertThatThrownBy(() -> PhaseMetrics.of(GRAPH, new Partition(new int[] {0, 1}, 2)))
                .hasMessage("needs 2 blocks of 3 groups, got 2 of 2");
        assertThatThrownBy(() -> PhaseMetrics.of(GRAPH, new Partition(new int[] {0, 1, 0}, 3)))
                .hasMessage("needs 2 blocks of 3 groups, got 3 of 3");
    }

    @Test
    void sidesMaySupplyAsLittleAsAsked() {
        assertThat(broken(2, 2, 0, 1, 0)).isEmpty();
        assertThat(broken(3, 2, 0, 1, 0)).containsExactly("decode side: supplies 2, needs 3 [supply]");
        assertThat(broken(11, 2, 0, 1, 1))
                .containsExactly(
                        "prefill side: supplies 10, needs 11 [supply]", "decode side: supplies 6, needs 11 [supply]");
    }

    @Test
    void sidesHaveGroups() {
        assertThat(broken(0, 2, 1, 1, 1)).containsExactly("prefill side: has no group [empty-side]");
        assertThat(broken(0, 2, 0, 0, 0)).containsExactly("decode side: has no group [empty-side]");
    }

    @Test
    void sizesMustAgree() {
        assertThat(broken(0, 3, 0, 1, 2))
                .containsExactly("phase partition: 3 groups in 3 blocks; asked for 3 in 2 [size]");
        assertThat(broken(0, 2, 0, 1))
                .containsExactly("phase partition: 2 groups in 2 blocks; asked for 3 in 2 [size]");
    }
}
