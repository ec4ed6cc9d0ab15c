package org.partiflow.partitioning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.graph.ClusterGraph;
import org.partiflow.api.graph.DeviceGraph;
import org.partiflow.api.graph.PartitionMetrics;
import org.partiflow.api.graph.PartitionRequest;
import org.partiflow.api.graph.PartitionResult;
import org.partiflow.api.spi.Partitioner;
import org.partiflow.testkit.Clusters;
import org.partiflow.testkit.Graphs;

/** How good spectral-kl is: against the exhaustive optimum, against the floor, and at size. */
class SpectralQualityTest {
    private static final int CASES = 300;

    @Test
    void reachesTheExhaustiveOptimumInNearlyAllSmallCases() {
        int feasible = 0;
        int found = 0;
        int optimal = 0;
        for (int i = 0; i < CASES; i++) {
            SplittableRandom random = new SplittableRandom(1000 + i);
            DeviceGraph graph = Graphs.random(4 + random.nextInt(6), i);
            PartitionRequest request = new PartitionRequest(
                    graph, 2 + random.nextInt(2), 0.1 + 0.3 * random.nextDouble(), 0, i, SolveControl.unlimited());
            OptionalLong optimum = Graphs.optimalCut(request);
            if (optimum.isPresent()) {
                feasible++;
                long cut = cut(new SpectralKernighanLinPartitioner(), request);
                found += cut < Long.MAX_VALUE ? 1 : 0;
                optimal += cut == optimum.getAsLong() ? 1 : 0;
            }
        }
        assertThat(feasible).isGreaterThan(CASES / 2);
        assertThat(found).as("feasible cases with a partition").isEqualTo(feasible);
        assertThat((double) optimal / feasible)
                .as("share of optimal cases of " + feasible)
                .isGreaterThanOrEqualTo(0.99);
    }

    @Test
    void neverWorseThanGreedyOrRandom() {
        for (int blocks = 2; blocks <= 5; blocks++) {
            PartitionRequest request = new PartitionRequest(
                    new ClusterGraph(Clusters.twoZones20()), blocks, 0.2, 0, 1, SolveControl.unlimited());
            long spectral = cut(new SpectralKernighanLinPartitioner(), request);
            assertThat(spectral).isLessThanOrEqualTo(cut(new GreedyGrowthPartitioner(), request));
            assertThat(spectral).isLessThanOrEqualTo(cut(new RandomPartitioner(), request));
        }
    }

    @Test
    void partitionsTenThousandGpusWithoutAMatrixOfThem() {
        DeviceGraph graph = new ClusterGraph(Clusters.nodesOfEight(1280, 4));
        PartitionRequest request =
                new PartitionRequest(graph, 16, 0.1, 0, 1, SolveControl.evaluations(400));
        assertThat(new SpectralKernighanLinPartitioner().partition(request))
                .isInstanceOf(PartitionResult.Found.class);
    }

    private static long cut(Partitioner partitioner, PartitionRequest request) {
        return partitioner.partition(request) instanceof PartitionResult.Found found
                ? PartitionMetrics.of(request.graph(), found.partition()).cut()
                : Long.MAX_VALUE;
    }
}
