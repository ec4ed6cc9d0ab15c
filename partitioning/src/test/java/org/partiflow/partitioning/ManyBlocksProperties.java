package org.partiflow.partitioning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.partiflow.api.check.PartitionChecker;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.graph.ClusterGraph;
import org.partiflow.api.graph.PartitionMetrics;
import org.partiflow.api.graph.PartitionRequest;
import org.partiflow.api.graph.PartitionResult;
import org.partiflow.api.spi.Partitioner;
import org.partiflow.api.spi.Strategies;
import org.partiflow.testkit.Clusters;

/** The local search on counts and the mending of limits, and requests for hundreds of blocks. */
class ManyBlocksProperties {
    private static final String SEED = "20251125";
    private static final long WORK = 200_000;

    @Provide
    Arbitrary<Cluster> clusters() {
        return Clusters.any();
    }

    @Property(tries = 40, seed = SEED)
    void descentNeverWorsensItsStartAndKeepsItsBooks(
            @ForAll("clusters") Cluster cluster, @ForAll @IntRange(min = 2, max = 8) int wanted, @ForAll long seed) {
        PartitionRequest request = request(cluster, wanted, seed);
        BlockState state = scattered(request, seed);
        long violation = state.violation();
        long cut = state.cut();
        CountDescent descent = new CountDescent(state);
        descent.refine(request.control().start(), WORK);
        assertNoWorse(state, violation, cut);
        violation = state.violation();
        cut = state.cut();
        descent.search(request.control().start(), WORK, new SplittableRandom(seed));
        assertNoWorse(state, violation, cut);
        assertThat(PartitionMetrics.of(request.graph(), state.toPartition()).cut())
                .isEqualTo(state.cut());
        int[] counts = state.counts();
        state.reset(counts);
        assertThat(Arrays.stream(counts).sum()).isEqualTo(request.graph().size());
    }

    @Property(tries = 40, seed = SEED)
    void repairNeverBreaksLimitsFurther(
            @ForAll("clusters") Cluster cluster, @ForAll @IntRange(min = 2, max = 8) int wanted, @ForAll long seed) {
        PartitionRequest request = request(cluster, wanted, seed);
        BlockState state = scattered(request, seed);
        long violation = state.violation();
        boolean kept = LimitRepair.repair(state, request.control().start());
        assertThat(state.violation()).isLessThanOrEqualTo(violation);
        assertThat(kept).isEqualTo(state.violation() == 0);
        assertThat(Arrays.stream(state.counts()).sum())
                .isEqualTo(request.graph().size());
    }

    /** One group for every four GPUs of a cluster of 320: limits kept, and no worse than what greedy growth gives. */
    @Example
    void manyGroupsAreFoundByEveryHeuristic() {
        PartitionRequest request = new PartitionRequest(
                new ClusterGraph(Clusters.dataCentre(40, 2)), 80, 0.25, 0, 1, SolveControl.evaluations(500));
        long greedy = cut(request, "greedy");
        for (String name : new String[] {"multilevel", "multilevel-fast", "spectral-kl"}) {
            assertThat(cut(request, name)).as(name).isLessThanOrEqualTo(greedy);
        }
    }

    private static long cut(PartitionRequest request, String name) {
        PartitionResult result = Strategies.named(Partitioner.class, name).partition(request);
        assertThat(result).as(name).isInstanceOf(PartitionResult.Found.class);
        var partition = ((PartitionResult.Found) result).partition();
        assertThat(PartitionChecker.violations(request, partition)).as(name).isEmpty();
        return PartitionMetrics.of(request.graph(), partition).cut();
    }

    private static void assertNoWorse(BlockState state, long violation, long cut) {
        assertThat(state.violation()).isLessThanOrEqualTo(violation);
        assertThat(state.violation() < violation || state.cut() <= cut).isTrue();
    }

    private static PartitionRequest request(Cluster cluster, int wanted, long seed) {
        int blocks = Math.min(wanted, cluster.gpuCount());
        return new PartitionRequest(new ClusterGraph(cluster), blocks, 0.1, 0, seed, SolveControl.unlimited());
    }

    /** Every vertex in a random block. */
    private static BlockState scattered(PartitionRequest request, long seed) {
        DomainGraph graph = new DomainGraph(request.graph());
        BlockState state = new BlockState(graph, request);
        SplittableRandom random = new SplittableRandom(seed);
        for (int v = 0; v < graph.vertices(); v++) {
            state.place(graph.domainOf(v), random.nextInt(request.blocks()), 1);
        }
        state.measure();
        return state;
    }
}
