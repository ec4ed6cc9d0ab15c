package org.partiflow.partitioning.phase;

import java.util.Arrays;
import org.partiflow.api.graph.PhaseGraph;

/** Merging of groups that should be on the same side, as little bandwidth is lost between them. Stateless. */
final class PhaseCoarsening {
    private PhaseCoarsening() {}

    /**
     * Pairs every group, in order, with the free one of least bandwidth to it relative to what both have in all; an odd
     * one stays alone. O(groups squared).
     *
     * @return number of the pair by group, numbered by first group
     */
    static int[] pairs(PhaseGraph graph) {
        int n = graph.size();
        double[] degree = new double[n];
        for (int a = 0; a < n; a++) {
            for (int b = 0; b < n; b++) {
                degree[a] += a == b ? 0 : graph.bandwidth(a, b);
            }
        }
        int[] pair = new int[n];
        Arrays.fill(pair, -1);
        int used = 0;
        for (int a = 0; a < n; a++) {
            if (pair[a] >= 0) {
                continue;
            }
            int partner = -1;
            double least = Double.POSITIVE_INFINITY;
            for (int b = a + 1; b < n; b++) {
                double lost =
                        pair[b] >= 0 ? Double.POSITIVE_INFINITY : graph.bandwidth(a, b) / (1 + degree[a] + degree[b]);
                if (lost < least) {
                    least = lost;
                    partner = b;
                }
            }
            pair[a] = used;
            if (partner >= 0) {
                pair[partner] = used;
            }
            used++;
        }
        return pair;
    }

    /** Sums supplies and bandwidths by pair. */
    static PhaseGraph contract(PhaseGraph graph, int[] pair) {
        int size = Arrays.stream(pair).max().orElseThrow() + 1;
        long[][] bandwidth = new long[size][size];
        long[] prefill = new long[size];
        long[] decode = new long[size];
        for (int a = 0; a < pair.length; a++) {
            prefill[pair[a]] += graph.prefillSupply(a);
            decode[pair[a]] += graph.decodeSupply(a);
            for (int b = 0; b < pair.length; b++) {
                if (pair[a] != pair[b]) {
                    bandwidth[pair[a]][pair[b]] += graph.bandwidth(a, b);
                }
            }
        }
        return new PhaseGraph(bandwidth, prefill, decode);
    }
}
