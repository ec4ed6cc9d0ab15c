package org.partiflow.partitioning;

import java.util.Arrays;
import java.util.Optional;
import org.partiflow.api.graph.DeviceGraph;
import org.partiflow.partitioning.metis.CsrGraph;

/**
 * A graph contracted by domain: vertices of one domain are interchangeable, so only their number matters. A graph
 * without domains keeps one vertex per domain. Immutable and thread-safe.
 *
 * <p>Rows of edges are stored while they are few enough; beyond {@link #MAX_STORED_EDGES} they are read from the graph
 * again and again, so that memory never becomes quadratic in the number of vertices.
 */
final class DomainGraph {
    static final int MAX_STORED_EDGES = 1 << 24;
    private static final int PAIRWISE_DOMAINS = 4096;

    private final DeviceGraph graph;
    private final int[] domainOf;
    private final int[] representative;
    private final int[] size;
    private final long[] vertexWeight;
    private final long[] innerWeight;
    private final long[] degree;
    private int[] rowStart = new int[0];
    private int[] neighbour = new int[0];
    private long[] edge = new long[0];

    DomainGraph(DeviceGraph graph) {
        this.graph = graph;
        int domains = graph.domains();
        domainOf = new int[graph.size()];
        representative = new int[domains];
        size = new int[domains];
        vertexWeight = new long[domains];
        innerWeight = new long[domains];
        degree = new long[domains];
        int[] second = new int[domains];
        Arrays.fill(representative, -1);
        for (int v = 0; v < domainOf.length; v++) {
            int d = graph.domainOf(v);
            domainOf[v] = d;
            if (size[d]++ == 0) {
                representative[d] = v;
                vertexWeight[d] = graph.vertexWeight(v);
            } else if (size[d] == 2) {
                second[d] = v;
            }
        }
        for (int d = 0; d < domains; d++) {
            innerWeight[d] = size[d] > 1 ? graph.edgeWeight(representative[d], second[d]) : 0;
        }
        if (domains == domainOf.length && graph instanceof CsrGraph csr && 2L * csr.edges() <= MAX_STORED_EDGES) {
            rowStart = csr.rowStarts();
            neighbour = csr.neighbours();
            edge = csr.edgeWeights();
        } else {
            store();
        }
        for (int d = 0; d < domains; d++) {
            degree[d] = innerWeight[d] * Math.max(0, size[d] - 1);
            addDegree(d);
        }
    }

    private void addDegree(int d) {
        if (rowStart.length == 0) {
            forEachEdge(d, (e, w) -> degree[d] += w * size[e]);
            return;
        }
        for (int i = rowStart[d]; i < rowStart[d + 1]; i++) {
            degree[d] += edge[i] * size[neighbour[i]];
        }
    }

    /** The rows as a graph of single vertices, without copying; empty if they are not stored or there are domains. */
    Optional<Level> asLevel() {
        return rowStart.length == 0 || size.length < domainOf.length
                ? Optional.empty()
                : Optional.of(new Level(rowStart, neighbour, edge, vertexWeight, Level.identity(size.length)));
    }

    int domains() {
        return size.length;
    }

    int vertices() {
        return domainOf.length;
    }

    int domainOf(int vertex) {
        return domainOf[vertex];
    }

    /** Number of vertices in the domain. */
    int size(int domain) {
        return size[domain];
    }

    /** Weight of each vertex of the domain. */
    long vertexWeight(int domain) {
        return vertexWeight[domain];
    }

    /** Weight of the edge between two vertices of the domain. */
    long innerWeight(int domain) {
        return innerWeight[domain];
    }

    /** Sum of the edges of one vertex of the domain. */
    long degree(int domain) {
        return degree[domain];
    }

    /** Neighbouring domains, or all of them where rows are not stored: the cost of a move. */
    int neighbours(int domain) {
        return rowStart.length == 0 ? size.length : rowStart[domain + 1] - rowStart[domain];
    }

    /** Weight of the edge between a vertex of one domain and a vertex of another. */
    long edgeWeight(int a, int b) {
        if (rowStart.length == 0) {
            return graph.edgeWeight(representative[a], representative[b]);
        }
        int from = rowStart[a];
        int to = rowStart[a + 1];
        int guess = to - from == size.length - 1 ? from + (b < a ? b : b - 1) : -1;
        int at = guess >= 0 ? guess : Arrays.binarySearch(neighbour, from, to, b);
        return at < 0 ? 0 : edge[at];
    }

    /** Visits the neighbouring domains, ascending, with the weight per vertex pair. */
    void forEachEdge(int domain, DeviceGraph.EdgeVisitor visitor) {
        if (rowStart.length > 0) {
            for (int i = rowStart[domain]; i < rowStart[domain + 1]; i++) {
                visitor.visit(neighbour[i], edge[i]);
            }
            return;
        }
        graph.forEachEdge(representative[domain], (v, w) -> {
            int d = domainOf[v];
            if (d != domain && representative[d] == v) {
                visitor.visit(d, w);
            }
        });
    }

    /** Adds {@code count} times the edges of {@code domain} to column {@code block} of a table with {@code k} columns. */
    void addRow(int domain, long count, long[] table, int k, int block) {
        table[domain * k + block] += count * innerWeight[domain];
        if (rowStart.length == 0) {
            forEachEdge(domain, (e, w) -> table[e * k + block] += count * w);
            return;
        }
        for (int i = rowStart[domain]; i < rowStart[domain + 1]; i++) {
            table[neighbour[i] * k + block] += count * edge[i];
        }
    }

    private void store() {
        int domains = size.length;
        boolean pairwise = domains < domainOf.length && domains <= PAIRWISE_DOMAINS;
        int[] starts = new int[domains + 1];
        int[] ids = new int[Math.min(1 << 10, MAX_STORED_EDGES)];
        long[] weights = new long[ids.length];
        int used = 0;
        Row row = new Row(domains);
        for (int d = 0; d < domains; d++) {
            row.read(d, pairwise);
            if (used + row.length > MAX_STORED_EDGES) {
                return;
            }
            if (used + row.length > ids.length) {
                int capacity = Math.max(used + row.length, 2 * ids.length);
                ids = Arrays.copyOf(ids, capacity);
                weights = Arrays.copyOf(weights, capacity);
            }
            System.arraycopy(row.ids, 0, ids, used, row.length);
            System.arraycopy(row.weights, 0, weights, used, row.length);
            used += row.length;
            starts[d + 1] = used;
        }
        neighbour = Arrays.copyOf(ids, used);
        edge = Arrays.copyOf(weights, used);
        rowStart = starts;
    }

    /** One row of edges, read by domain pair where that is cheaper than visiting all vertices. */
    private final class Row {
        final int[] ids;
        final long[] weights;
        int length;

        Row(int domains) {
            ids = new int[domains];
            weights = new long[domains];
        }

        void read(int domain, boolean pairwise) {
            length = 0;
            if (!pairwise) {
                forEachEdge(domain, this::add);
                return;
            }
            for (int e = 0; e < size.length; e++) {
                long weight = e == domain ? 0 : graph.edgeWeight(representative[domain], representative[e]);
                if (weight > 0) {
                    add(e, weight);
                }
            }
        }

        private void add(int domain, long weight) {
            ids[length] = domain;
            weights[length++] = weight;
        }
    }
}
