package org.partiflow.partitioning;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.partiflow.api.check.PartitionChecker;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.graph.ClusterGraph;
import org.partiflow.api.graph.DeviceGraph;
import org.partiflow.api.graph.PartitionMetrics;
import org.partiflow.api.graph.PartitionRequest;
import org.partiflow.api.graph.PartitionResult;
import org.partiflow.api.spi.Partitioner;
import org.partiflow.api.spi.Strategies;
import org.partiflow.testkit.Clusters;

/** Properties over generated clusters. */
class PartitioningProperties {
    private static final long EVALUATIONS = 5_000;

    @Provide
    Arbitrary<Cluster> clusters() {
        return Clusters.any();
    }

    @Property(tries = 12, seed = "20251125")
    void everyPartitionerKeepsTheLimitsOrSaysSo(
            @ForAll("clusters") Cluster cluster, @ForAll @IntRange(min = 1, max = 8) int wanted, @ForAll long seed) {
        DeviceGraph graph = new ClusterGraph(cluster);
        int blocks = Math.min(wanted, graph.size());
        PartitionRequest request =
                new PartitionRequest(graph, blocks, 0.1, 0, seed, SolveControl.evaluations(EVALUATIONS));
        for (Partitioner partitioner : Strategies.all(Partitioner.class)) {
            PartitionResult result = partitioner.partition(request);
            if (result instanceof PartitionResult.Found found) {
                assertThat(PartitionChecker.violations(request, found.partition()))
                        .isEmpty();
            }
        }
    }

    @Property(tries = 25, seed = "20251125")
    void refinementNeverWorsensItsStart(
            @ForAll("clusters") Cluster cluster, @ForAll @IntRange(min = 2, max = 6) int wanted, @ForAll long seed) {
        PartitionRequest request = request(cluster, wanted, 0.2, seed);
        BlockState state = new BlockState(new DomainGraph(request.graph()), request);
        GreedyGrowth.fill(state);
        long violation = state.violation();
        long cut = state.cut();
        new KernighanLinRefiner(state).refine(request.control().start(), Long.MAX_VALUE / 2);
        assertThat(state.betterThan(violation, cut) || state.violation() == violation && state.cut() == cut)
                .isTrue();
    }

    @Property(tries = 25, seed = "20251125")
    void incrementalCutEqualsTheRecomputedOne(
            @ForAll("clusters") Cluster cluster, @ForAll @IntRange(min = 2, max = 6) int wanted, @ForAll long seed) {
        PartitionRequest request = request(cluster, wanted, 0.2, seed);
        BlockState state = new BlockState(new DomainGraph(request.graph()), request);
        GreedyGrowth.fill(state);
        new KernighanLinRefiner(state).refine(request.control().start(), Long.MAX_VALUE / 2);
        assertThat(PartitionMetrics.of(request.graph(), state.toPartition()).cut())
                .isEqualTo(state.cut());
    }

    private static PartitionRequest request(Cluster cluster, int wanted, double imbalance, long seed) {
        DeviceGraph graph = new ClusterGraph(cluster);
        int blocks = Math.min(wanted, graph.size());
        return new PartitionRequest(graph, blocks, imbalance, 0, seed, SolveControl.unlimited());
    }
}
