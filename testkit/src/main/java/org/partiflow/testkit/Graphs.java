package org.partiflow.testkit;

import java.util.OptionalLong;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.partiflow.api.check.PartitionChecker;
import org.partiflow.api.graph.DeviceGraph;
import org.partiflow.api.graph.Partition;
import org.partiflow.api.graph.PartitionMetrics;
import org.partiflow.api.graph.PartitionRequest;

/** Graphs to test with, and the exhaustive optimum of small ones. Stateless and thread-safe. */
public final class Graphs {
    private static final int MAX_EXHAUSTIVE = 10;
    private static final long[] MEMORY = {24, 48, 80, 141};

    private Graphs() {}

    /** A graph without domains; the matrix must be symmetric, its diagonal is ignored. */
    public static DeviceGraph of(long[] vertexWeights, long[][] edgeWeights) {
        return new MatrixGraph(vertexWeights, edgeWeights);
    }

    /** A random graph without domains: vertex weights 24, 48, 80 or 141; edges log-uniform in 1 to 7200, some absent. */
    public static DeviceGraph random(int vertices, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long[] weights = new long[vertices];
        long[][] edges = new long[vertices][vertices];
        double density = 0.4 + 0.6 * random.nextDouble();
        for (int a = 0; a < vertices; a++) {
            weights[a] = MEMORY[random.nextInt(MEMORY.length)];
            for (int b = 0; b < a; b++) {
                boolean present = random.nextDouble() < density;
                edges[a][b] = present ? (long) Math.pow(7200, random.nextDouble()) : 0;
                edges[b][a] = edges[a][b];
            }
        }
        return new MatrixGraph(weights, edges);
    }

    /** Random graphs as {@link #random} makes them, of 1 to {@code maxVertices} vertices. */
    public static Arbitrary<DeviceGraph> any(int maxVertices) {
        return Combinators.combine(Arbitraries.integers().between(1, maxVertices), Arbitraries.longs())
                .as(Graphs::random);
    }

    /** The same graph without domains and with vertex {@code v} renamed to {@code newName[v]}. */
    public static DeviceGraph relabelled(DeviceGraph graph, int[] newName) {
        int n = graph.size();
        long[] weights = new long[n];
        long[][] edges = new long[n][n];
        for (int a = 0; a < n; a++) {
            weights[newName[a]] = graph.vertexWeight(a);
            for (int b = 0; b < n; b++) {
                edges[newName[a]][newName[b]] = a == b ? 0 : graph.edgeWeight(a, b);
            }
        }
        return new MatrixGraph(weights, edges);
    }

    /** The same graph with all vertex and edge weights multiplied; domains are kept apart as vertices. */
    public static DeviceGraph scaled(DeviceGraph graph, long vertexFactor, long edgeFactor) {
        int n = graph.size();
        long[] weights = new long[n];
        long[][] edges = new long[n][n];
        for (int a = 0; a < n; a++) {
            weights[a] = vertexFactor * graph.vertexWeight(a);
            for (int b = 0; b < n; b++) {
                edges[a][b] = a == b ? 0 : edgeFactor * graph.edgeWeight(a, b);
            }
        }
        return new MatrixGraph(weights, edges);
    }

    /**
     * The least cut of all partitions that the public checker accepts, by trying each; empty if there is none.
     *
     * @throws IllegalArgumentException if the graph has more than 10 vertices
     */
    public static OptionalLong optimalCut(PartitionRequest request) {
        int n = request.graph().size();
        if (n > MAX_EXHAUSTIVE) {
            throw new IllegalArgumentException("exhaustive search is for at most 10 vertices, got " + n);
        }
        long[] best = {Long.MAX_VALUE};
        extend(request, new int[n], 0, 0, best);
        return best[0] == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(best[0]);
    }

    private static void extend(PartitionRequest request, int[] blockOf, int vertex, int opened, long[] best) {
        if (vertex == blockOf.length) {
            Partition partition = new Partition(blockOf, request.blocks());
            if (opened == request.blocks()
                    && PartitionChecker.violations(request, partition).isEmpty()) {
                best[0] = Math.min(
                        best[0], PartitionMetrics.of(request.graph(), partition).cut());
            }
            return;
        }
        for (int block = 0; block <= Math.min(opened, request.blocks() - 1); block++) {
            blockOf[vertex] = block;
            extend(request, blockOf, vertex + 1, Math.max(opened, block + 1), best);
        }
    }
}
