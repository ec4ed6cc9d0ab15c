package org.partiflow.partitioning;

import java.util.Arrays;
import java.util.Optional;
import org.partiflow.api.graph.DeviceGraph;

/**
 * One graph of a multilevel hierarchy, in compressed rows, ascending within a row. Vertices may belong to node groups:
 * sets that moves take together. Immutable and thread-safe once built; O(vertices + edges) memory.
 */
final class Level {
    final int size;
    final int[] start;
    final int[] neighbour;
    final long[] edge;
    final long[] weight;
    /** Group of each vertex. */
    final int[] group;
    /** Vertices of each group, ascending. */
    final int[][] members;

    Level(int[] start, int[] neighbour, long[] edge, long[] weight, int[] group) {
        this.size = weight.length;
        this.start = start;
        this.neighbour = neighbour;
        this.edge = edge;
        this.weight = weight;
        this.group = group;
        int groups = Arrays.stream(group).max().orElse(-1) + 1;
        int[] count = new int[groups];
        for (int g : group) {
            count[g]++;
        }
        members = new int[groups][];
        for (int g = 0; g < groups; g++) {
            members[g] = new int[count[g]];
        }
        Arrays.fill(count, 0);
        for (int v = 0; v < size; v++) {
            members[group[v]][count[group[v]]++] = v;
        }
    }

    /** Entries that {@link #ofVertices} would store. */
    static long entries(DomainGraph domains) {
        Optional<Level> stored = domains.asLevel();
        if (stored.isPresent()) {
            return stored.get().neighbour.length;
        }
        long[] entries = new long[1];
        for (int d = 0; d < domains.domains(); d++) {
            int size = domains.size(d);
            entries[0] += domains.innerWeight(d) > 0 ? (long) size * (size - 1) : 0;
            domains.forEachEdge(d, (e, w) -> entries[0] += (long) size * domains.size(e));
        }
        return entries[0];
    }

    /** The graph itself; its domains are the groups, or what {@link NodeGroups} finds where there are none. */
    static Level ofVertices(DeviceGraph graph, DomainGraph domains) {
        Optional<Level> stored = domains.asLevel();
        if (stored.isPresent()) {
            return stored.get().grouped(NodeGroups.find(stored.get()));
        }
        int n = graph.size();
        Rows rows = new Rows(n, (int) entries(domains));
        int[] group = new int[n];
        long[] weight = new long[n];
        for (int v = 0; v < n; v++) {
            graph.forEachEdge(v, rows::add);
            rows.end(v);
            group[v] = domains.domainOf(v);
            weight[v] = graph.vertexWeight(v);
        }
        Level level = new Level(rows.start, rows.neighbour, rows.edge, weight, group);
        return domains.domains() < n ? level : level.grouped(NodeGroups.find(level));
    }

    /** One vertex by domain: for graphs too large to look at every pair of vertices. */
    static Level ofDomains(DomainGraph domains) {
        int n = domains.domains();
        long[] entries = new long[1];
        for (int d = 0; d < n; d++) {
            domains.forEachEdge(d, (e, w) -> entries[0]++);
        }
        Rows rows = new Rows(n, Math.toIntExact(entries[0]));
        long[] weight = new long[n];
        for (int d = 0; d < n; d++) {
            long size = domains.size(d);
            domains.forEachEdge(d, (e, w) -> rows.add(e, w * size * domains.size(e)));
            rows.end(d);
            weight[d] = size * domains.vertexWeight(d);
        }
        return new Level(rows.start, rows.neighbour, rows.edge, weight, identity(n));
    }

    /** The same graph with other groups. */
    Level grouped(int[] groups) {
        return new Level(start, neighbour, edge, weight, groups);
    }

    static int[] identity(int n) {
        int[] identity = new int[n];
        for (int i = 0; i < n; i++) {
            identity[i] = i;
        }
        return identity;
    }

    /** Weight of the edge between two different vertices, 0 if there is none. O(1) in complete graphs, else O(log). */
    long between(int a, int b) {
        int from = start[a];
        int to = start[a + 1];
        if (to - from == size - 1) {
            return edge[from + (b < a ? b : b - 1)];
        }
        int at = Arrays.binarySearch(neighbour, from, to, b);
        return at < 0 ? 0 : edge[at];
    }

    /** Merges the vertices of equal {@code coarse} number in [0, coarseSize); O(vertices + edges). */
    Level contract(int[] coarse, int coarseSize) {
        int[] first = new int[coarseSize + 1];
        for (int c : coarse) {
            first[c + 1]++;
        }
        for (int c = 0; c < coarseSize; c++) {
            first[c + 1] += first[c];
        }
        int[] order = new int[size];
        int[] at = Arrays.copyOf(first, coarseSize);
        for (int v = 0; v < size; v++) {
            order[at[coarse[v]]++] = v;
        }
        long[] coarseWeight = new long[coarseSize];
        int[] slot = new int[coarseSize];
        Arrays.fill(slot, -1);
        Rows rows = new Rows(coarseSize, neighbour.length);
        for (int c = 0; c < coarseSize; c++) {
            int rowStart = rows.used;
            for (int o = first[c]; o < first[c + 1]; o++) {
                int v = order[o];
                coarseWeight[c] += weight[v];
                for (int i = start[v]; i < start[v + 1]; i++) {
                    int e = coarse[neighbour[i]];
                    if (e == c) {
                        continue;
                    }
                    if (slot[e] < rowStart) {
                        slot[e] = rows.used;
                        rows.add(e, edge[i]);
                    } else {
                        rows.edge[slot[e]] += edge[i];
                    }
                }
            }
            rows.end(c);
        }
        return rows.sorted(coarseWeight);
    }

    /** The graph induced by {@code vertices}, numbered in that order, ascending. */
    Level induced(int[] vertices, int[] scratch) {
        Arrays.fill(scratch, -1);
        int entries = 0;
        for (int i = 0; i < vertices.length; i++) {
            scratch[vertices[i]] = i;
            entries += start[vertices[i] + 1] - start[vertices[i]];
        }
        Rows rows = new Rows(vertices.length, entries);
        long[] own = new long[vertices.length];
        for (int v = 0; v < vertices.length; v++) {
            own[v] = weight[vertices[v]];
            for (int i = start[vertices[v]]; i < start[vertices[v] + 1]; i++) {
                if (scratch[neighbour[i]] >= 0) {
                    rows.add(scratch[neighbour[i]], edge[i]);
                }
            }
            rows.end(v);
        }
        return new Level(rows.start, rows.neighbour, rows.edge, own, identity(vertices.length));
    }

    /** Rows under construction. */
    private static final class Rows {
        final int[] start;
        int[] neighbour;
        long[] edge;
        int used;

        Rows(int n, int entries) {
            start = new int[n + 1];
            neighbour = new int[entries];
            edge = new long[entries];
        }

        void add(int vertex, long weight) {
            neighbour[used] = vertex;
            edge[used++] = weight;
        }

        void end(int vertex) {
            start[vertex + 1] = used;
        }

        /** Transposes the symmetric rows, which sorts them. */
        Level sorted(long[] weight) {
            int[] at = Arrays.copyOf(start, weight.length);
            int[] ids = new int[used];
            long[] weights = new long[used];
            for (int v = 0; v < weight.length; v++) {
                for (int i = start[v]; i < start[v + 1]; i++) {
                    int to = at[neighbour[i]]++;
                    ids[to] = v;
                    weights[to] = edge[i];
                }
            }
            return new Level(start, ids, weights, weight, identity(weight.length));
        }
    }
}
