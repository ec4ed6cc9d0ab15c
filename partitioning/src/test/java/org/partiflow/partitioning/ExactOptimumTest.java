package org.partiflow.partitioning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.graph.ClusterGraph;
import org.partiflow.api.graph.DeviceGraph;
import org.partiflow.api.graph.PartitionMetrics;
import org.partiflow.api.graph.PartitionRequest;
import org.partiflow.api.graph.PartitionResult;
import org.partiflow.api.spi.Partitioner;
import org.partiflow.partitioning.ortools.CpSatPartitioner;
import org.partiflow.testkit.Clusters;
import org.partiflow.testkit.Graphs;

/** Exact answers: against exhaustive search, each other, and as the oracle of multilevel. */
class ExactOptimumTest {
    private static final int CASES = 200;

    @Test
    void equalsExhaustiveSearchAndProvesInfeasibility() {
        for (int i = 0; i < CASES; i++) {
            PartitionRequest request = small(i);
            OptionalLong optimum = Graphs.optimalCut(request);
            ExactPartitioner.Proof proof = new ExactPartitioner().solve(request);
            assertThat(proof.proven()).as("case %d", i).isTrue();
            if (optimum.isPresent()) {
                assertThat(cut(request, proof.result())).as("case %d", i).isEqualTo(optimum.getAsLong());
            } else {
                assertThat(proof.result()).as("case %d", i).isInstanceOf(PartitionResult.Infeasible.class);
            }
        }
    }

    @Test
    void multilevelReachesTheOptimumOfSmallGraphs() {
        int optimal = 0;
        int feasible = 0;
        for (int i = 0; i < CASES; i++) {
            PartitionRequest request = small(i);
            OptionalLong optimum = Graphs.optimalCut(request);
            if (optimum.isPresent()) {
                feasible++;
                optimal += cut(request, new MultilevelPartitioner().partition(request)) == optimum.getAsLong() ? 1 : 0;
            }
        }
        assertThat((double) optimal / feasible).isGreaterThanOrEqualTo(0.98);
    }

    @Test
    void allThreeAgreeOnClusters() {
        for (int blocks = 2; blocks <= 3; blocks++) {
            PartitionRequest request = new PartitionRequest(
                    new ClusterGraph(Clusters.twoZones20()), blocks, 0.2, 0, 1, SolveControl.unlimited());
            ExactPartitioner.Proof proof = new ExactPartitioner().solve(request);
            assertThat(proof.proven()).isTrue();
            for (Partitioner other : new Partitioner[] {new CpSatPartitioner(), new MultilevelPartitioner()}) {
                assertThat(cut(request, other.partition(request)))
                        .as("%s, %d blocks", other.name(), blocks)
                        .isEqualTo(cut(request, proof.result()));
            }
        }
    }

    @Test
    void aLimitOnNodesGivesAnUnprovenAnswer() {
        PartitionRequest request = new PartitionRequest(Graphs.random(40, 3), 4, 0.1, 0, 1, SolveControl.unlimited());
        ExactPartitioner.Proof proof = new ExactPartitioner(50).solve(request);
        assertThat(proof.proven()).isFalse();
        assertThat(proof.result()).isInstanceOf(PartitionResult.Found.class);
    }

    private static PartitionRequest small(int i) {
        DeviceGraph graph = Graphs.random(4 + i % 6, i);
        return new PartitionRequest(graph, 2 + i % 3, 0.05 + (i % 5) * 0.1, 0, i, SolveControl.unlimited());
    }

    private static long cut(PartitionRequest request, PartitionResult result) {
        assertThat(result).isInstanceOf(PartitionResult.Found.class);
        return PartitionMetrics.of(request.graph(), ((PartitionResult.Found) result).partition())
                .cut();
    }
}
