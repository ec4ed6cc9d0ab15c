package org.partiflow.partitioning.phase;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.graph.ClusterGraph;
import org.partiflow.api.graph.Partition;
import org.partiflow.api.graph.PhaseGraph;
import org.partiflow.api.graph.PhaseMetrics;
import org.partiflow.api.graph.PhasePartitionRequest;
import org.partiflow.api.graph.PhasePartitionResult;
import org.partiflow.api.spi.PhasePartitioner;
import org.partiflow.api.spi.Strategies;
import org.partiflow.partitioning.LabelledRandom;
import org.partiflow.testkit.Clusters;
import org.partiflow.testkit.PhaseGraphs;

/** Properties of phase partitions, against exhaustive search where that is possible. */
class PhasePartitioningProperties {
    private static final String SEED = "20251125";

    @Provide
    Arbitrary<PhaseGraph> small() {
        return PhaseGraphs.any(2, 11);
    }

    @Provide
    Arbitrary<PhaseGraph> larger() {
        return PhaseGraphs.any(15, 40);
    }

    @Provide
    Arbitrary<Cluster> clusters() {
        return Clusters.any(24);
    }

    @Property(tries = 80, seed = SEED)
    void exactEqualsExhaustiveSearch(
            @ForAll("small") PhaseGraph graph, @ForAll @DoubleRange(min = 0, max = 1) double share) {
        PhasePartitionRequest request = request(graph, share, 1);
        Optional<PhaseMetrics> optimum = PhaseGraphs.optimum(request);
        PhasePartitionResult result = new ExactPhasePartitioner().partition(request);
        if (optimum.isPresent()) {
            assertThat(bandwidth(request, result)).isEqualTo(optimum.get().bandwidth());
            assertThat(((PhasePartitionResult.Found) result).proven()).isTrue();
        } else {
            PhasePartitionResult.Nearest nearest = ((PhasePartitionResult.Infeasible) result).nearest();
            assertThat(nearest.greatest()).isTrue();
            assertThat(nearest.supply()).isEqualTo(PhaseGraphs.greatestSupply(graph));
        }
    }

    @Property(tries = 80, seed = SEED)
    void noWholeAssignmentSuppliesMoreThanDivisibleGroups(@ForAll("small") PhaseGraph graph) {
        assertThat(PhaseGraphs.greatestSupply(graph)).isLessThanOrEqualTo(graph.divisibleSupply());
    }

    @Property(tries = 40, seed = SEED)
    void refinementNeverWorsensItsStart(
            @ForAll("larger") PhaseGraph graph,
            @ForAll long seed,
            @ForAll @DoubleRange(min = 0, max = 1) double share) {
        PhasePartitionRequest request = request(graph, share, seed);
        PhaseState state = PhaseSolving.state(request);
        int[] order = shuffled(graph.size(), seed);
        PhaseSolving.cutBest(state, order, seed % 2 == 0);
        PhaseState.Score start = state.score();
        PhaseRefiner.refine(state, request.control().start());
        assertThat(start.betterThan(state.score())).isFalse();
        assertThat(state.score().bandwidth())
                .isEqualTo(PhaseMetrics.of(graph, state.toPartition()).bandwidth());
    }

    @Property(tries = 30, seed = SEED)
    void scalingScalesTheAnswer(@ForAll("small") PhaseGraph graph, @ForAll @IntRange(min = 2, max = 1000) int factor) {
        int[] same = IntStream.range(0, graph.size()).toArray();
        PhasePartitionRequest plain = new PhasePartitionRequest(graph, 50, 3, SolveControl.unlimited());
        PhasePartitionRequest scaled = new PhasePartitionRequest(
                PhaseGraphs.changed(graph, same, factor, factor), 50L * factor, 3, SolveControl.unlimited());
        for (PhasePartitioner partitioner : List.of(
                new ExactPhasePartitioner(),
                new GreedyPhasePartitioner(),
                new RandomPhasePartitioner(),
                new MultilevelPhasePartitioner())) {
            PhasePartitionResult a = partitioner.partition(plain);
            PhasePartitionResult b = partitioner.partition(scaled);
            assertThat(b.getClass()).as(partitioner.name()).isEqualTo(a.getClass());
            if (a instanceof PhasePartitionResult.Found) {
                assertThat(bandwidth(scaled, b)).as(partitioner.name()).isEqualTo(factor * bandwidth(plain, a));
            }
        }
    }

    @Property(tries = 30, seed = SEED)
    void relabellingDoesNotChangeTheOptimum(@ForAll("small") PhaseGraph graph, @ForAll long seed) {
        PhaseGraph renamed = PhaseGraphs.changed(graph, shuffled(graph.size(), seed), 1, 1);
        assertThat(bandwidth(request(renamed, 0.5, 1), new ExactPhasePartitioner().partition(request(renamed, 0.5, 1))))
                .isEqualTo(bandwidth(
                        request(graph, 0.5, 1), new ExactPhasePartitioner().partition(request(graph, 0.5, 1))));
    }

    @Property(tries = 15, seed = SEED)
    void heuristicsComeCloseToTheOptimum(@ForAll @IntRange(min = 15, max = 17) int groups, @ForAll long seed) {
        PhasePartitionRequest request = request(PhaseGraphs.random(groups, seed), 0.8, seed);
        PhasePartitionResult optimum = new ExactPhasePartitioner().partition(request);
        if (optimum instanceof PhasePartitionResult.Found) {
            double best = bandwidth(request, optimum);
            assertThat(bandwidth(request, new MultilevelPhasePartitioner().partition(request)))
                    .isGreaterThanOrEqualTo((long) (0.98 * best));
            assertThat(bandwidth(request, new SpectralPhasePartitioner().partition(request)))
                    .isGreaterThanOrEqualTo((long) (0.85 * best));
        }
    }

    @Property(tries = 30, seed = SEED)
    void groupsOfGpusAreContractedPairByPair(
            @ForAll("clusters") Cluster cluster, @ForAll @IntRange(min = 1, max = 6) int wanted, @ForAll long seed) {
        ClusterGraph gpus = new ClusterGraph(cluster);
        int blocks = Math.min(wanted, gpus.size());
        int[] blockOf =
                Arrays.stream(shuffled(gpus.size(), seed)).map(i -> i % blocks).toArray();
        PhaseGraph graph = PhaseGraph.of(gpus, new Partition(blockOf, blocks), new long[blocks], new long[blocks]);
        long[][] sum = new long[blocks][blocks];
        for (int a = 0; a < gpus.size(); a++) {
            for (int b = 0; b < gpus.size(); b++) {
                sum[blockOf[a]][blockOf[b]] += gpus.edgeWeight(a, b);
            }
        }
        for (int a = 0; a < blocks; a++) {
            for (int b = 0; b < blocks; b++) {
                assertThat(graph.bandwidth(a, b)).isEqualTo(a == b ? 0 : sum[a][b]);
            }
        }
    }

    @Property(tries = 5, seed = SEED)
    void everyRegisteredStrategyAnswersLargerRequests(@ForAll("larger") PhaseGraph graph, @ForAll long seed) {
        PhasePartitionRequest request =
                new PhasePartitionRequest(graph, graph.divisibleSupply() / 2, seed, SolveControl.evaluations(5_000));
        for (PhasePartitioner partitioner : Strategies.all(PhasePartitioner.class)) {
            PhasePartitionResult result = partitioner.partition(request);
            assertThat(result).isEqualTo(partitioner.partition(request));
            if (result instanceof PhasePartitionResult.Found) {
                assertThat(bandwidth(request, result)).isGreaterThanOrEqualTo(0);
            }
        }
    }

    private static PhasePartitionRequest request(PhaseGraph graph, double share, long seed) {
        return PhasePartitionRequest.ofShare(graph, share, seed, SolveControl.unlimited());
    }

    private static int[] shuffled(int n, long seed) {
        int[] order = IntStream.range(0, n).toArray();
        LabelledRandom.shuffle(order, LabelledRandom.of(seed, "test"));
        return order;
    }

    private static long bandwidth(PhasePartitionRequest request, PhasePartitionResult result) {
        if (!(result instanceof PhasePartitionResult.Found found)) {
            return -1;
        }
        assertThat(org.partiflow.api.check.PhasePartitionChecker.violations(request, found.partition()))
                .isEmpty();
        return PhaseMetrics.of(request.graph(), found.partition()).bandwidth();
    }
}
