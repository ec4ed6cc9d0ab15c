package org.partiflow.partitioning.metis;

import java.util.Arrays;
import org.partiflow.api.graph.DeviceGraph;

/**
 * A weighted graph in compressed rows, its interchangeable vertices merged into domains. Immutable and thread-safe.
 * Memory: 12 bytes for each end of an edge and 16 for each vertex.
 */
public final class CsrGraph implements DeviceGraph {
    private final int[] start;
    private final int[] neighbour;
    private final long[] edge;
    private final long[] weight;
    private final int[] domain;
    private final int domains;

    /**
     * Takes the arrays without copying them; they must not change afterwards. Detects the domains in O(edges) time.
     *
     * @param start first entry of each row, and the number of entries at the end
     * @param neighbour both ends of every edge; ascending within a row, without loops or repetitions
     * @param edge weight of each entry, above zero, the same at both ends
     * @param weight weight of each vertex, above zero
     */
    CsrGraph(int[] start, int[] neighbour, long[] edge, long[] weight) {
        this.start = start;
        this.neighbour = neighbour;
        this.edge = edge;
        this.weight = weight;
        domain = new TwinDomains(start, neighbour, edge, weight).find();
        domains = Arrays.stream(domain).max().orElse(-1) + 1;
    }

    /** Number of edges. */
    public int edges() {
        return neighbour.length / 2;
    }

    /** First entry of each row, and the number of entries at the end; a copy. */
    public int[] rowStarts() {
        return start.clone();
    }

    /** Neighbours, ascending within a row; a copy. */
    public int[] neighbours() {
        return neighbour.clone();
    }

    /** Weight of each entry; a copy. */
    public long[] edgeWeights() {
        return edge.clone();
    }

    @Override
    public int size() {
        return weight.length;
    }

    @Override
    public long vertexWeight(int vertex) {
        return weight[vertex];
    }

    @Override
    public long edgeWeight(int a, int b) {
        if (a == b) {
            return 0;
        }
        int from = start[a];
        int to = start[a + 1];
        if (to - from == weight.length - 1) {
            return edge[from + (b < a ? b : b - 1)];
        }
        int at = Arrays.binarySearch(neighbour, from, to, b);
        return at < 0 ? 0 : edge[at];
    }

    @Override
    public void forEachEdge(int vertex, EdgeVisitor visitor) {
        for (int i = start[vertex]; i < start[vertex + 1]; i++) {
            visitor.visit(neighbour[i], edge[i]);
        }
    }

    @Override
    public int domains() {
        return domains;
    }

    @Override
    public int domainOf(int vertex) {
        return domain[vertex];
    }
}
