package org.partiflow.partitioning.metis;

import java.util.HashMap;
import java.util.Map;

/**
 * Finds interchangeable vertices: u and v are twins if they weigh the same and have equal edges to every other vertex.
 * Two vertices are candidates if a hash of their rows agrees once the edge between them is taken out; candidates are
 * compared in full. Expected O(edges) time. Not thread-safe.
 *
 * <p>All pairs of a domain must carry the same inner edge, which is part of the hash: w(u, v) = x for the hash of row u
 * with itself at weight x. Linked twins are found for the largest weight of a row, unlinked ones for x = 0.
 */
final class TwinDomains {
    private static final long MULTIPLIER = 0x9e3779b97f4a7c15L;

    private final int[] start;
    private final int[] neighbour;
    private final long[] edge;
    private final long[] weight;
    private final int[] domain;

    TwinDomains(int[] start, int[] neighbour, long[] edge, long[] weight) {
        this.start = start;
        this.neighbour = neighbour;
        this.edge = edge;
        this.weight = weight;
        domain = new int[weight.length];
    }

    /** Domain of each vertex, numbered by first vertex. */
    int[] find() {
        int[] first = new int[domain.length];
        for (int v = 0; v < first.length; v++) {
            first[v] = v;
        }
        merge(first, true);
        merge(first, false);
        int used = 0;
        for (int v = 0; v < domain.length; v++) {
            domain[v] = first[v] == v ? used++ : domain[first[v]];
        }
        return domain;
    }

    /** Joins each vertex to the first of its twins; a vertex with linked twins keeps them and takes no unlinked ones. */
    private void merge(int[] first, boolean linked) {
        boolean[] taken = new boolean[first.length];
        for (int v = 0; v < first.length; v++) {
            taken[v] |= first[v] != v;
            taken[first[v]] |= first[v] != v;
        }
        Map<Long, Integer> seen = new HashMap<>();
        for (int v = 0; v < first.length; v++) {
            if (taken[v]) {
                continue;
            }
            long inner = linked ? heaviest(v) : 0;
            Integer twin = seen.putIfAbsent(hash(v, inner), v);
            if (twin != null && areTwins(twin, v, inner)) {
                first[v] = twin;
            }
        }
    }

    private long heaviest(int v) {
        long most = 0;
        for (int i = start[v]; i < start[v + 1]; i++) {
            most = Math.max(most, edge[i]);
        }
        return most;
    }

    private long hash(int v, long inner) {
        long sum = mix(weight[v] * 31 + inner) + (inner > 0 ? mix(v * MULTIPLIER ^ inner) : 0);
        for (int i = start[v]; i < start[v + 1]; i++) {
            sum += mix(neighbour[i] * MULTIPLIER ^ edge[i]);
        }
        return sum;
    }

    private boolean areTwins(int u, int v, long inner) {
        int i = start[u];
        int j = start[v];
        boolean met = false;
        boolean same = weight[u] == weight[v] && start[u + 1] - i == start[v + 1] - j;
        while (same && (i < start[u + 1] || j < start[v + 1])) {
            if (i < start[u + 1] && neighbour[i] == v) {
                met = edge[i++] == inner;
                same = met;
            } else if (j < start[v + 1] && neighbour[j] == u) {
                same = edge[j++] == inner;
            } else {
                same = i < start[u + 1] && j < start[v + 1] && neighbour[i] == neighbour[j] && edge[i++] == edge[j++];
            }
        }
        return same && (inner == 0 ? !met : met);
    }

    private static long mix(long x) {
        long z = (x ^ (x >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
