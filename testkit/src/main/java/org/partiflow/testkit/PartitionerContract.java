package org.partiflow.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.partiflow.api.check.PartitionChecker;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.graph.ClusterGraph;
import org.partiflow.api.graph.DeviceGraph;
import org.partiflow.api.graph.Partition;
import org.partiflow.api.graph.PartitionMetrics;
import org.partiflow.api.graph.PartitionRequest;
import org.partiflow.api.graph.PartitionResult;
import org.partiflow.api.spi.Partitioner;

/** What every {@link Partitioner} keeps; extend it once per implementation. */
public abstract class PartitionerContract {
    private static final int SMALL_CASES = 60;

    /** For subclasses. */
    protected PartitionerContract() {}

    /** The partitioner under test. */
    public abstract Partitioner partitioner();

    /** A request without limits on work. */
    protected static PartitionRequest request(DeviceGraph graph, int blocks, double imbalance, long least, long seed) {
        return new PartitionRequest(graph, blocks, imbalance, least, seed, SolveControl.unlimited());
    }

    @Test
    void nameIsKebabCaseAndDescriptionIsThere() {
        assertThat(partitioner().name()).matches("[a-z][a-z0-9]*(-[a-z0-9]+)*");
        assertThat(partitioner().description()).isNotBlank();
    }

    @Test
    void fixtureClustersArePartitionedWithinLimits() {
        for (Cluster cluster : List.of(Clusters.homogeneous8(), Clusters.mixed20(), Clusters.twoZones20())) {
            for (int blocks = 1; blocks <= 4; blocks++) {
                PartitionRequest request = request(new ClusterGraph(cluster), blocks, 0.25, 0, 7);
                PartitionResult result = partitioner().partition(request);
                assertThat(result).as("%s, %d blocks", cluster, blocks).isInstanceOf(PartitionResult.Found.class);
                assertKeepsLimits(request, result);
            }
        }
    }

    @Test
    void oneBlockPerVertexAndOneBlockInAll() {
        DeviceGraph graph = new ClusterGraph(Clusters.homogeneous8());
        for (int blocks : new int[] {1, 8}) {
            PartitionRequest request = request(graph, blocks, 0, 80_000_000_000L, 1);
            PartitionResult result = partitioner().partition(request);
            assertThat(result).isInstanceOf(PartitionResult.Found.class);
            assertKeepsLimits(request, result);
        }
    }

    @Test
    void neverBetterThanExhaustiveAndNeverWrongAboutFeasibility() {
        for (int i = 0; i < SMALL_CASES; i++) {
            PartitionRequest request = smallCase(i);
            OptionalLong optimum = Graphs.optimalCut(request);
            PartitionResult result = partitioner().partition(request);
            assertKeepsLimits(request, result);
            if (result instanceof PartitionResult.Found found) {
                long cut =
                        PartitionMetrics.of(request.graph(), found.partition()).cut();
                assertThat(optimum).as("case %d", i).isPresent();
                assertThat(cut).as("case %d", i).isGreaterThanOrEqualTo(optimum.orElseThrow());
            } else if (result instanceof PartitionResult.Infeasible) {
                assertThat(optimum).as("case %d is feasible", i).isEmpty();
            }
        }
    }

    @Test
    void sameRequestSameAnswer() {
        for (int i = 0; i < 10; i++) {
            PartitionRequest request = smallCase(i);
            assertThat(partitioner().partition(request)).isEqualTo(partitioner().partition(request));
        }
        PartitionRequest request = request(new ClusterGraph(Clusters.mixed20()), 3, 0.2, 0, 99);
        assertThat(partitioner().partition(request)).isEqualTo(partitioner().partition(request));
    }

    @Test
    void concurrentCallsAgree() {
        PartitionRequest request = request(new ClusterGraph(Clusters.twoZones20()), 3, 0.2, 0, 5);
        Partitioner shared = partitioner();
        PartitionResult alone = shared.partition(request);
        assertThat(IntStream.range(0, 8).parallel().mapToObj(i -> shared.partition(request)))
                .containsOnly(alone);
    }

    @Test
    void cancelledAtStartReturnsCleanly() {
        SolveControl control = SolveControl.unlimited();
        control.cancellation().cancel();
        assertStopsCleanly(control);
        assertStopsCleanly(SolveControl.evaluations(0));
        assertStopsCleanly(SolveControl.evaluations(3));
    }

    private void assertStopsCleanly(SolveControl control) {
        for (DeviceGraph graph : List.of(new ClusterGraph(Clusters.mixed20()), Graphs.random(9, 4))) {
            PartitionRequest request = new PartitionRequest(graph, 3, 0.3, 0, 1, control);
            PartitionResult result = partitioner().partition(request);
            assertThat(result).isNotInstanceOf(PartitionResult.Infeasible.class);
            assertKeepsLimits(request, result);
        }
    }

    @Test
    void infeasibleRequestsAreNeverFound() {
        DeviceGraph twenty = new ClusterGraph(Clusters.mixed20());
        assertNotFound(request(twenty, 4, 0.5, twenty.totalWeight() / 4 + 1, 1));
        DeviceGraph uneven = Graphs.of(new long[] {141, 24, 24}, new long[3][3]);
        assertNotFound(request(uneven, 2, 0, 0, 1));
        DeviceGraph three = Graphs.of(new long[] {80, 80, 80}, new long[3][3]);
        assertNotFound(request(three, 2, 0.1, 0, 1));
        assertNotFound(request(three, 2, 1, 81, 1));
    }

    private void assertNotFound(PartitionRequest request) {
        PartitionResult result = partitioner().partition(request);
        assertThat(result).isNotInstanceOf(PartitionResult.Found.class);
    }

    @Test
    void infeasibleRequestsNameTheSmallestImbalance() {
        int infeasible = 0;
        for (int i = 0; i < SMALL_CASES; i++) {
            PartitionRequest request = smallCase(i).withImbalance(0.01);
            if (partitioner().partition(request) instanceof PartitionResult.Infeasible no) {
                infeasible++;
                assertNearest(request, no);
            }
        }
        assertThat(infeasible).isGreaterThan(0);
    }

    private static void assertNearest(PartitionRequest request, PartitionResult.Infeasible no) {
        if (no.nearest().isEmpty()) {
            assertThat(Graphs.optimalCut(request.withImbalance(request.blocks())))
                    .isEmpty();
            return;
        }
        PartitionResult.Nearest nearest = no.nearest().get();
        assertThat(nearest.smallest()).isTrue();
        assertThat(nearest.imbalance()).isGreaterThan(request.imbalance());
        assertThat(PartitionChecker.violations(request.withImbalance(nearest.imbalance()), nearest.partition()))
                .isEmpty();
        assertThat(Graphs.optimalCut(request.withImbalance(nearest.imbalance() - 1e-9)))
                .isEmpty();
    }

    @Test
    void scalingWeightsKeepsTheAnswerValid() {
        for (int i = 0; i < 10; i++) {
            PartitionRequest plain = smallCase(i);
            PartitionRequest scaled = request(
                    Graphs.scaled(plain.graph(), 1_000_000_000, 1_000_000_000),
                    plain.blocks(),
                    plain.imbalance(),
                    plain.minBlockWeight() * 1_000_000_000,
                    plain.seed());
            assertKeepsLimits(scaled, partitioner().partition(scaled));
        }
    }

    @Test
    void relabellingKeepsTheAnswerValid() {
        int[] reversed = IntStream.range(0, 20).map(v -> 19 - v).toArray();
        DeviceGraph graph = Graphs.relabelled(new ClusterGraph(Clusters.mixed20()), reversed);
        PartitionRequest request = request(graph, 3, 0.2, 0, 3);
        PartitionResult result = partitioner().partition(request);
        assertThat(result).isInstanceOf(PartitionResult.Found.class);
        assertKeepsLimits(request, result);
    }

    /** Asserts that a found partition covers every vertex once and passes the public checker. */
    protected static void assertKeepsLimits(PartitionRequest request, PartitionResult result) {
        if (result instanceof PartitionResult.Found found) {
            Partition partition = found.partition();
            assertThat(PartitionChecker.violations(request, partition)).isEmpty();
            int covered = IntStream.range(0, partition.blocks())
                    .map(b -> partition.members(b).length)
                    .sum();
            assertThat(covered).isEqualTo(request.graph().size());
        }
    }

    /** A request on at most 8 vertices with 2 to 4 blocks; some are infeasible. */
    protected static PartitionRequest smallCase(int index) {
        SplittableRandom random = new SplittableRandom(index);
        int vertices = 4 + random.nextInt(5);
        DeviceGraph graph = Graphs.random(vertices, index);
        int blocks = 2 + random.nextInt(3);
        long least = random.nextBoolean() ? 0 : graph.totalWeight() / (2L * blocks);
        return request(graph, blocks, 0.5 * random.nextDouble(), least, index);
    }
}
