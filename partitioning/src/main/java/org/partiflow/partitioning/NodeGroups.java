package org.partiflow.partitioning;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Finds the nodes of a measured graph: sets of 2 to {@value #MOST} vertices in which every vertex is linked more strongly
 * to each of the others than to anything outside. For every vertex and every size s the set of its s strongest neighbours
 * and itself is hashed; sets on which all their vertices agree are groups, those with the widest gap between inner and
 * outer links first. O(edges log edges) time. Stateless.
 */
final class NodeGroups {
    static final int MOST = 16;
    private static final long MULTIPLIER = 0x9e3779b97f4a7c15L;

    private NodeGroups() {}

    /** A set on which its vertices may agree. */
    private static final class Candidate {
        int votes;
        int size;
        int first = Integer.MAX_VALUE;
        double gap = Double.POSITIVE_INFINITY;
    }

    /** Group of each vertex, numbered by first vertex; single vertices are groups of their own. */
    static int[] find(Level level) {
        int n = level.size;
        Map<Long, Candidate> candidates = new HashMap<>();
        int[][] strongest = new int[n][];
        for (int v = 0; v < n; v++) {
            strongest[v] = strongest(level, v);
            vote(level, v, strongest[v], candidates);
        }
        Candidate[] agreed = candidates.values().stream()
                .filter(c -> c.votes == c.size && c.gap > 1)
                .sorted((a, b) -> {
                    int byGap = Double.compare(b.gap, a.gap);
                    return byGap != 0 ? byGap : a.first != b.first ? a.first - b.first : b.size - a.size;
                })
                .toArray(Candidate[]::new);
        int[] leader = Level.identity(n);
        boolean[] taken = new boolean[n];
        for (Candidate c : agreed) {
            int[] set = IntStream.concat(
                            IntStream.of(c.first),
                            IntStream.of(strongest[c.first]).limit(c.size - 1L))
                    .toArray();
            if (IntStream.of(set).noneMatch(v -> taken[v])) {
                for (int v : set) {
                    taken[v] = true;
                    leader[v] = c.first;
                }
            }
        }
        int used = 0;
        int[] group = new int[n];
        for (int v = 0; v < n; v++) {
            group[v] = leader[v] == v ? used++ : group[leader[v]];
        }
        return group;
    }

    /** The strongest neighbours, descending, ties by number. */
    private static int[] strongest(Level level, int v) {
        int from = level.start[v];
        int keep = Math.min(MOST, level.start[v + 1] - from);
        int[] best = new int[keep];
        int used = 0;
        for (int i = from; i < level.start[v + 1]; i++) {
            if (used == keep && level.edge[i] <= level.edge[best[used - 1]]) {
                continue;
            }
            int at = used < keep ? used++ : used - 1;
            while (at > 0 && level.edge[best[at - 1]] < level.edge[i]) {
                best[at] = best[at - 1];
                at--;
            }
            best[at] = i;
        }
        for (int i = 0; i < keep; i++) {
            best[i] = level.neighbour[best[i]];
        }
        return best;
    }

    private static void vote(Level level, int v, int[] strongest, Map<Long, Candidate> candidates) {
        long hash = mix(v);
        for (int s = 0; s < strongest.length && s < MOST - 1; s++) {
            hash += mix(strongest[s]);
            double inner = level.between(v, strongest[s]);
            double outer = s + 1 < strongest.length ? level.between(v, strongest[s + 1]) : 0;
            if (inner > outer) {
                Candidate candidate = candidates.computeIfAbsent(hash, key -> new Candidate());
                candidate.votes++;
                candidate.size = s + 2;
                candidate.first = Math.min(candidate.first, v);
                candidate.gap = Math.min(candidate.gap, outer == 0 ? Double.MAX_VALUE : inner / outer);
            }
        }
    }

    private static long mix(long x) {
        long z = (x + 1) * MULTIPLIER;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
