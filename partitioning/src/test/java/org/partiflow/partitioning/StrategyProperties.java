package org.partiflow.partitioning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.partiflow.api.check.PartitionChecker;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.control.CancellationToken;
import org.partiflow.api.control.ProgressListener;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.graph.ClusterGraph;
import org.partiflow.api.graph.DeviceGraph;
import org.partiflow.api.graph.Partition;
import org.partiflow.api.graph.PartitionMetrics;
import org.partiflow.api.graph.PartitionRequest;
import org.partiflow.api.graph.PartitionResult;
import org.partiflow.api.spi.Partitioner;
import org.partiflow.api.spi.Strategies;
import org.partiflow.testkit.Clusters;
import org.partiflow.testkit.Graphs;

/** What must hold of every registered strategy, on generated graphs and clusters. */
class StrategyProperties {
    private static final String SEED = "20251125";
    private static final List<Partitioner> ALL = Strategies.all(Partitioner.class);

    @Provide
    Arbitrary<DeviceGraph> small() {
        return Graphs.any(8);
    }

    @Provide
    Arbitrary<Cluster> clusters() {
        return Clusters.any(12);
    }

    /** Against exhaustive search: limits kept, never better than the optimum, infeasibility claimed only where it is so. */
    @Property(tries = 20, seed = SEED)
    void answersAgreeWithExhaustiveSearch(
            @ForAll("small") DeviceGraph graph,
            @ForAll @IntRange(min = 1, max = 3) int wanted,
            @ForAll @DoubleRange(min = 0, max = 0.5) double imbalance,
            @ForAll long seed) {
        PartitionRequest request =
                request(graph, Math.min(wanted, graph.size()), imbalance, seed, SolveControl.unlimited());
        OptionalLong optimum = Graphs.optimalCut(request);
        for (Partitioner partitioner : ALL) {
            PartitionResult result = partitioner.partition(request);
            if (result instanceof PartitionResult.Found found) {
                assertValid(request, found.partition());
                assertThat(recomputed(graph, found.partition()))
                        .as(partitioner.name())
                        .isGreaterThanOrEqualTo(optimum.orElseThrow());
            } else if (optimum.isPresent()) {
                assertThat(result).as(partitioner.name()).isInstanceOf(PartitionResult.NotFound.class);
            }
            boolean proves =
                    partitioner.name().equals("exact") || partitioner.name().equals("ilp");
            if (proves && optimum.isPresent()) {
                Partition partition = ((PartitionResult.Found) result).partition();
                assertThat(recomputed(graph, partition)).as(partitioner.name()).isEqualTo(optimum.getAsLong());
            }
        }
    }

    @Property(tries = 6, seed = SEED)
    void theSameSeedGivesTheSameAnswerOnAnyNumberOfThreads(
            @ForAll("clusters") Cluster cluster, @ForAll @IntRange(min = 1, max = 4) int wanted, @ForAll long seed) {
        DeviceGraph graph = new ClusterGraph(cluster);
        int blocks = Math.min(wanted, graph.size());
        for (Partitioner partitioner : ALL) {
            PartitionResult alone = partitioner.partition(request(graph, blocks, 0.2, seed, threads(1)));
            assertThat(partitioner.partition(request(graph, blocks, 0.2, seed, threads(2))))
                    .as(partitioner.name())
                    .isEqualTo(alone);
            assertThat(IntStream.range(0, 2)
                            .parallel()
                            .mapToObj(i -> partitioner.partition(request(graph, blocks, 0.2, seed, threads(1)))))
                    .as(partitioner.name())
                    .containsOnly(alone);
        }
    }

    /** A power of two, so that floating-point temperatures and bounds scale without rounding. */
    @Property(tries = 5, seed = SEED)
    void scalingTheLinksScalesTheCut(
            @ForAll @IntRange(min = 4, max = 9) int vertices, @ForAll @IntRange(min = 1, max = 10) int power) {
        DeviceGraph graph = Graphs.random(vertices, vertices + 100L * power);
        PartitionRequest plain = request(graph, 3, 0.3, 1, SolveControl.unlimited());
        PartitionRequest scaled = request(Graphs.scaled(graph, 1, 1L << power), 3, 0.3, 1, SolveControl.unlimited());
        for (Partitioner partitioner : ALL) {
            PartitionResult a = partitioner.partition(plain);
            PartitionResult b = partitioner.partition(scaled);
            assertThat(b.getClass()).as(partitioner.name()).isEqualTo(a.getClass());
            if (a instanceof PartitionResult.Found) {
                assertThat(cut(scaled, b)).as(partitioner.name()).isEqualTo(cut(plain, a) << power);
            }
        }
    }

    /** Quality may depend on vertex numbers: by nothing for proofs, 2 % for multilevel, 10 % for the others. */
    @Property(tries = 5, seed = SEED)
    void relabellingLeavesTheQuality(@ForAll @IntRange(min = 0, max = 10_000) int instance, @ForAll long seed) {
        DeviceGraph graph = Graphs.random(10, instance);
        int[] order = IntStream.range(0, graph.size()).toArray();
        LabelledRandom.shuffle(order, LabelledRandom.of(seed, "relabelling"));
        PartitionRequest plain = request(graph, 3, 0.3, 1, SolveControl.unlimited());
        PartitionRequest renamed = request(Graphs.relabelled(graph, order), 3, 0.3, 1, SolveControl.unlimited());
        assertCloseCuts("exact", plain, renamed, 1);
        assertCloseCuts("ilp", plain, renamed, 1);
        assertCloseCuts("multilevel", plain, renamed, 1.02);
        assertCloseCuts("multilevel-fast", plain, renamed, 1.1);
        assertCloseCuts("spectral-kl", plain, renamed, 1.1);
    }

    @Property(tries = 10, seed = SEED)
    void aStopAtAnyTimeLeavesAValidAnswer(
            @ForAll("clusters") Cluster cluster, @ForAll @IntRange(min = 0, max = 200) int evaluations) {
        DeviceGraph graph = new ClusterGraph(cluster);
        int blocks = Math.min(3, graph.size());
        SolveControl cancelled = threads(1);
        cancelled.cancellation().cancel();
        for (Partitioner partitioner : ALL) {
            for (SolveControl control : List.of(cancelled, SolveControl.evaluations(evaluations))) {
                PartitionRequest request = request(graph, blocks, 0.4, 1, control);
                if (partitioner.partition(request) instanceof PartitionResult.Found found) {
                    assertValid(request, found.partition());
                }
            }
        }
    }

    private static void assertCloseCuts(String name, PartitionRequest a, PartitionRequest b, double tolerance) {
        Partitioner partitioner = Strategies.named(Partitioner.class, name);
        PartitionResult first = partitioner.partition(a);
        PartitionResult second = partitioner.partition(b);
        assertThat(second.getClass()).as(name).isEqualTo(first.getClass());
        if (first instanceof PartitionResult.Found) {
            double ratio = (double) cut(a, first) / cut(b, second);
            assertThat(Math.max(ratio, 1 / ratio)).as(name).isLessThanOrEqualTo(tolerance);
        }
    }

    private static PartitionRequest request(
            DeviceGraph graph, int blocks, double imbalance, long seed, SolveControl control) {
        return new PartitionRequest(graph, blocks, imbalance, 0, seed, control);
    }

    private static SolveControl threads(int threads) {
        return new SolveControl(
                Long.MAX_VALUE, Optional.empty(), threads, new CancellationToken(), ProgressListener.SILENT);
    }

    private static void assertValid(PartitionRequest request, Partition partition) {
        assertThat(PartitionChecker.violations(request, partition)).isEmpty();
        int[] seen = new int[request.graph().size()];
        for (int block = 0; block < partition.blocks(); block++) {
            for (int v : partition.members(block)) {
                seen[v]++;
            }
        }
        assertThat(seen).containsOnly(1);
        assertThat(PartitionMetrics.of(request.graph(), partition).cut())
                .isEqualTo(recomputed(request.graph(), partition));
    }

    /** Pair by pair, another way than {@link PartitionMetrics} goes. */
    private static long recomputed(DeviceGraph graph, Partition partition) {
        long cut = 0;
        for (int a = 0; a < graph.size(); a++) {
            for (int b = 0; b < a; b++) {
                cut += partition.blockOf(a) != partition.blockOf(b) ? graph.edgeWeight(a, b) : 0;
            }
        }
        return cut;
    }

    private static long cut(PartitionRequest request, PartitionResult result) {
        return PartitionMetrics.of(request.graph(), ((PartitionResult.Found) result).partition())
                .cut();
    }
}
