package org.partiflow.partitioning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the nodes of a measured graph: sets of 2 to {@value #MOST} vertices in which every vertex is linked more strongly
 * to each of the others than to anything outside. For every vertex and every size s the set of its s strongest neighbours
 * and itself is hashed; sets on which all their vertices agree are groups, those with the widest gap between inner and
 * outer links first. A set is entered by its first vertex, which is asked first. O(edges log edges) time. Stateless.
 */
final class NodeGroups {
    static final int MOST = 16;
    private static final long MULTIPLIER = 0x9e3779b97f4a7c15L;

    private NodeGroups() {}

    /** A set on which its vertices may agree. */
    private static final class Candidate {
        final long hash;
        int votes;
        int size;
        int first = Integer.MAX_VALUE;
        double gap = Double.POSITIVE_INFINITY;

        Candidate(long hash) {
            this.hash = hash;
        }
    }

    /** Candidates by hash, in an open table of their numbers. */
    private static final class Table {
        final List<Candidate> all = new ArrayList<>();
        private final int[] slots;

        Table(long most) {
            slots = new int[Integer.highestOneBit((int) Math.min(1 << 28, 2 * most + 1)) * 2];
            Arrays.fill(slots, -1);
        }

        /** The candidate, or a new one if {@code create}; null if there is none. */
        @Nullable
        Candidate of(long hash, boolean create) {
            int mask = slots.length - 1;
            int at = (int) mix(hash) & mask;
            while (slots[at] >= 0 && all.get(slots[at]).hash != hash) {
                at = (at + 1) & mask;
            }
            if (slots[at] < 0 && create) {
                slots[at] = all.size();
                all.add(new Candidate(hash));
            }
            return slots[at] < 0 ? null : all.get(slots[at]);
        }
    }

    /** Group of each vertex, numbered by first vertex; single vertices are groups of their own. */
    static int[] find(Level level) {
        int n = level.size;
        Table candidates = new Table((long) n * (MOST - 1));
        int[][] strongest = new int[n][];
        for (int v = 0; v < n; v++) {
            strongest[v] = strongest(level, v);
            vote(level, v, strongest[v], candidates);
        }
        Candidate[] agreed = candidates.all.stream()
                .filter(c -> c.votes == c.size && c.gap > 1)
                .sorted((a, b) -> {
                    int byGap = Double.compare(b.gap, a.gap);
                    return byGap != 0 ? byGap : a.first != b.first ? a.first - b.first : b.size - a.size;
                })
                .toArray(Candidate[]::new);
        int[] leader = Level.identity(n);
        boolean[] taken = new boolean[n];
        for (Candidate c : agreed) {
            int[] set = new int[c.size];
            set[0] = c.first;
            boolean free = !taken[c.first];
            for (int i = 1; i < c.size; i++) {
                set[i] = level.neighbour[strongest[c.first][i - 1]];
                free &= !taken[set[i]];
            }
            for (int i = 0; i < c.size && free; i++) {
                taken[set[i]] = true;
                leader[set[i]] = c.first;
            }
        }
        int used = 0;
        int[] group = new int[n];
        for (int v = 0; v < n; v++) {
            group[v] = leader[v] == v ? used++ : group[leader[v]];
        }
        return group;
    }

    /** The entries of the strongest neighbours, descending, ties by number. */
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
        return best;
    }

    private static void vote(Level level, int v, int[] strongest, Table candidates) {
        long hash = mix(v);
        boolean first = true;
        for (int s = 0; s < strongest.length && s < MOST - 1; s++) {
            hash += mix(level.neighbour[strongest[s]]);
            first &= v < level.neighbour[strongest[s]];
            double inner = level.edge[strongest[s]];
            double outer = s + 1 < strongest.length ? level.edge[strongest[s + 1]] : 0;
            Candidate candidate = inner > outer ? candidates.of(hash, first) : null;
            if (candidate != null) {
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
