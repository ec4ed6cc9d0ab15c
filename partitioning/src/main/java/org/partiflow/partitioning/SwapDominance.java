package org.partiflow.partitioning;

import java.util.stream.IntStream;

/**
 * Tells which partial assignments cannot be part of an optimum: those in which two placed vertices of equal weight, in
 * different blocks, could change places with a gain that nothing placed later takes back. What later vertices x can take
 * back is at most the sum of |w(u, x) - w(v, x)|, so for two GPUs of a node it is small once the node is placed: of all
 * ways to split a node, only those remain that no such swap improves. The improved partition keeps the same limits, hence
 * only what is strictly worse than another partition is cut off. For domains of one vertex. Immutable; O(n^3) memory for n
 * of at most {@link #MOST_DOMAINS} domains. Thread-safe.
 */
final class SwapDominance {
    private static final int MOST_DOMAINS = 96;
    private static final int MOST_RELATED = 7;

    private final DomainGraph graph;
    private final int n;
    private final int[] order;
    private final int[][] related;
    /** What the domains from a place of the order on can take back, by place and pair. */
    private final long[][] takenBack;

    /**
     * Prepares.
     *
     * @param order order in which the domains are placed
     */
    SwapDominance(DomainGraph graph, int[] order) {
        this.graph = graph;
        this.order = order;
        n = graph.domains();
        related = new int[n][];
        for (int d = 0; d < n; d++) {
            related[d] = related(d);
        }
        takenBack = new long[n + 1][n * n];
        for (int at = n - 1; at >= 0; at--) {
            long[] row = takenBack[at];
            System.arraycopy(takenBack[at + 1], 0, row, 0, row.length);
            int x = order[at];
            for (int u = 0; u < n; u++) {
                for (int v = 0; v < n && u != x; v++) {
                    if (v != x) {
                        row[u * n + v] += graph.size(x) * Math.abs(graph.edgeWeight(u, x) - graph.edgeWeight(v, x));
                    }
                }
            }
        }
    }

    /** Whether it is worth making one: few domains, some of one vertex. */
    static boolean applies(DomainGraph graph) {
        boolean single = false;
        for (int d = 0; d < graph.domains(); d++) {
            single |= graph.size(d) == 1;
        }
        return single && graph.domains() <= MOST_DOMAINS;
    }

    /** The vertex and the single vertices of its weight that it is linked to most, at most {@link #MOST_RELATED}. */
    private int[] related(int d) {
        return IntStream.concat(
                        IntStream.of(d),
                        IntStream.range(0, n)
                                .filter(e -> e != d && graph.size(e) == 1)
                                .filter(e -> graph.vertexWeight(e) == graph.vertexWeight(d))
                                .boxed()
                                .sorted((x, y) -> Long.compare(graph.edgeWeight(d, y), graph.edgeWeight(d, x)))
                                .limit(MOST_RELATED)
                                .mapToInt(Integer::intValue))
                .toArray();
    }

    /**
     * Whether a swap of the vertex just placed, or of two of those it is linked to most, is sure to pay.
     *
     * @param at place in the order of the domain just placed, which has one vertex
     * @param blockOf block of each domain of one vertex, -1 if it is not placed
     * @param connection edges to what is placed, by domain and block
     */
    boolean holds(int at, int[] blockOf, long[] connection, int blocks) {
        int v = order[at];
        long[] row = takenBack[at + 1];
        for (int i = 0; i < at; i++) {
            if (pays(order[i], v, row, blockOf, connection, blocks)) {
                return true;
            }
        }
        for (int u : related[v]) {
            for (int x : related[v]) {
                if (x > u && pays(u, x, row, blockOf, connection, blocks)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean pays(int u, int v, long[] row, int[] blockOf, long[] connection, int blocks) {
        int a = blockOf[u];
        int b = blockOf[v];
        if (a < 0 || b < 0 || a == b || graph.vertexWeight(u) != graph.vertexWeight(v)) {
            return false;
        }
        long gain = connection[u * blocks + b]
                - connection[u * blocks + a]
                + connection[v * blocks + a]
                - connection[v * blocks + b]
                - 2 * graph.edgeWeight(u, v);
        return gain > row[u * n + v];
    }
}
