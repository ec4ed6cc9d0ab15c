package org.partiflow.partitioning.phase;

import java.util.Arrays;
import org.partiflow.api.graph.Partition;
import org.partiflow.api.graph.PhaseGraph;
import org.partiflow.api.graph.PhasePartitionRequest;

/**
 * An assignment under change, with what it needs to weigh a change in O(1). Better is, in this order: less missing
 * supply, more bandwidth between the sides, more supply of the slower side. A side without a group misses one unit at
 * least. Flipping a group costs O(groups). Not thread-safe.
 */
final class PhaseState {
    final int size;
    private final PhaseGraph graph;
    private final long least;
    private final boolean[] prefills;
    private final long[] toPrefill;
    private final long[] total;
    private int prefillGroups;
    private long bandwidth;
    private long prefill;
    private long decode;

    /** All groups decode. */
    PhaseState(PhaseGraph graph, long leastSupply) {
        this.graph = graph;
        least = leastSupply;
        size = graph.size();
        prefills = new boolean[size];
        toPrefill = new long[size];
        total = new long[size];
        for (int a = 0; a < size; a++) {
            decode += graph.decodeSupply(a);
            for (int b = 0; b < size; b++) {
                total[a] += a == b ? 0 : graph.bandwidth(a, b);
            }
        }
    }

    /** What an assignment is worth. */
    record Score(long missing, long bandwidth, long supply) {
        boolean betterThan(Score other) {
            return PhaseState.better(missing, bandwidth, supply, other);
        }
    }

    private static boolean better(long missing, long bandwidth, long supply, Score than) {
        if (missing != than.missing) {
            return missing < than.missing;
        }
        return bandwidth != than.bandwidth ? bandwidth > than.bandwidth : supply > than.supply;
    }

    Score score() {
        return new Score(missing(prefill, decode, prefillGroups), bandwidth, Math.min(prefill, decode));
    }

    /** Whether the present assignment is better, without allocation. */
    boolean betterThan(Score score) {
        return better(missing(prefill, decode, prefillGroups), bandwidth, Math.min(prefill, decode), score);
    }

    boolean prefills(int group) {
        return prefills[group];
    }

    /** Whether flipping one group would be better than {@code score}; O(1). */
    boolean flipBeats(int group, Score score) {
        int sign = prefills[group] ? -1 : 1;
        long p = prefill + sign * graph.prefillSupply(group);
        long d = decode - sign * graph.decodeSupply(group);
        return better(missing(p, d, prefillGroups + sign), bandwidth + flipGain(group), Math.min(p, d), score);
    }

    /** Whether exchanging two groups of different sides would be better than {@code score}; O(1). */
    boolean swapBeats(int a, int b, Score score) {
        int sign = prefills[a] ? -1 : 1;
        long p = prefill + sign * (graph.prefillSupply(a) - graph.prefillSupply(b));
        long d = decode - sign * (graph.decodeSupply(a) - graph.decodeSupply(b));
        long gain = flipGain(a) + flipGain(b) + 2 * graph.bandwidth(a, b);
        return better(missing(p, d, prefillGroups), bandwidth + gain, Math.min(p, d), score);
    }

    void flip(int group) {
        bandwidth += flipGain(group);
        int sign = prefills[group] ? -1 : 1;
        prefills[group] = sign > 0;
        prefillGroups += sign;
        prefill += sign * graph.prefillSupply(group);
        decode -= sign * graph.decodeSupply(group);
        for (int other = 0; other < size; other++) {
            if (other != group) {
                toPrefill[other] += sign * graph.bandwidth(group, other);
            }
        }
    }

    /** Flips what differs. */
    void assign(boolean[] wanted) {
        for (int group = 0; group < size; group++) {
            if (prefills[group] != wanted[group]) {
                flip(group);
            }
        }
    }

    boolean[] assignment() {
        return prefills.clone();
    }

    Partition toPartition() {
        int[] block = new int[size];
        Arrays.setAll(block, g -> prefills[g] ? PhasePartitionRequest.PREFILL : PhasePartitionRequest.DECODE);
        return new Partition(block, 2);
    }

    /** Bandwidth between the sides that flipping adds. */
    private long flipGain(int group) {
        return prefills[group] ? 2 * toPrefill[group] - total[group] : total[group] - 2 * toPrefill[group];
    }

    private long missing(long p, long d, int onPrefill) {
        long shortfall = Math.max(0, least - Math.min(p, d));
        return onPrefill == 0 || onPrefill == size ? Math.max(1, shortfall) : shortfall;
    }
}
