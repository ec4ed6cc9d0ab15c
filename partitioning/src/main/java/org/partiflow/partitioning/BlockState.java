package org.partiflow.partitioning;

import java.util.Arrays;
import org.partiflow.api.graph.Partition;
import org.partiflow.api.graph.PartitionRequest;

/**
 * A partition under change: how many vertices of each domain lie in each block, with the dense table of connections
 * that makes gains O(1) and moves O(neighbouring domains). Not thread-safe.
 *
 * <p>{@code connection(d, b)} is the weight between one vertex of {@code d} and all vertices of {@code b}, the other
 * vertices of {@code d} in {@code b} and, if it lies there, the vertex itself included.
 */
final class BlockState {
    final DomainGraph graph;
    final int blocks;
    private final long least;
    private final long most;
    private final int[] count;
    private final long[] connection;
    private final long[] weight;
    private long cut;
    private long violation;

    /** An empty state under the limits of {@code request}. */
    BlockState(DomainGraph graph, PartitionRequest request) {
        this.graph = graph;
        blocks = request.blocks();
        least = Math.max(1, request.minBlockWeight());
        most = request.maxBlockWeight();
        count = new int[Math.multiplyExact(graph.domains(), blocks)];
        connection = new long[count.length];
        weight = new long[blocks];
    }

    int count(int domain, int block) {
        return count[domain * blocks + block];
    }

    long connection(int domain, int block) {
        return connection[domain * blocks + block];
    }

    long weight(int block) {
        return weight[block];
    }

    long most() {
        return most;
    }

    /** Weight of the edges between blocks; valid once every vertex is placed and {@link #measure()} was called. */
    long cut() {
        return cut;
    }

    /** Sum over the blocks of what they weigh too much or too little; 0 if all limits are kept. */
    long violation() {
        return violation;
    }

    /** Puts unplaced vertices of a domain into a block. */
    void place(int domain, int block, int number) {
        count[domain * blocks + block] += number;
        weight[block] += number * graph.vertexWeight(domain);
        graph.addRow(domain, number, connection, blocks, block);
    }

    /** Recomputes cut and violation from the counts. */
    void measure() {
        long twice = 0;
        for (int d = 0; d < graph.domains(); d++) {
            long outside = graph.degree(d) + graph.innerWeight(d);
            for (int at = d * blocks; at < (d + 1) * blocks; at++) {
                twice += count[at] == 0 ? 0 : count[at] * (outside - connection[at]);
            }
        }
        cut = twice / 2;
        violation = 0;
        for (long w : weight) {
            violation += deficit(w);
        }
    }

    /** By how much the cut falls if {@code number} vertices of {@code domain} move; may be negative. */
    long gain(int domain, int from, int to, long number) {
        int row = domain * blocks;
        return number * (connection[row + to] - connection[row + from]) + graph.innerWeight(domain) * number * number;
    }

    /** The violation after {@code shifted} weight has moved between two blocks; negative weight goes the other way. */
    long violationAfter(int from, int to, long shifted) {
        return violation
                - deficit(weight[from])
                - deficit(weight[to])
                + deficit(weight[from] - shifted)
                + deficit(weight[to] + shifted);
    }

    /** Whether the block breaks a limit. */
    boolean isBroken(int block) {
        return deficit(weight[block]) > 0;
    }

    /** What the block weighs too much or too little. */
    long deficitOf(int block) {
        return deficit(weight[block]);
    }

    /** Moves vertices of a domain between two different blocks. */
    void move(int domain, int from, int to, int number) {
        long shifted = number * graph.vertexWeight(domain);
        cut -= gain(domain, from, to, number);
        violation = violationAfter(from, to, shifted);
        weight[from] -= shifted;
        weight[to] += shifted;
        count[domain * blocks + from] -= number;
        count[domain * blocks + to] += number;
        graph.addRow(domain, -number, connection, blocks, from);
        graph.addRow(domain, number, connection, blocks, to);
    }

    /** Whether this state keeps limits better than the given figures, or equally well with a smaller cut. */
    boolean betterThan(long otherViolation, long otherCut) {
        return violation != otherViolation ? violation < otherViolation : cut < otherCut;
    }

    /** The counts, as a copy; row by domain. */
    int[] counts() {
        return count.clone();
    }

    /** Replaces the whole state by {@code counts}. */
    void reset(int[] counts) {
        Arrays.fill(count, 0);
        Arrays.fill(connection, 0);
        Arrays.fill(weight, 0);
        for (int at = 0; at < counts.length; at++) {
            if (counts[at] > 0) {
                place(at / blocks, at % blocks, counts[at]);
            }
        }
        measure();
    }

    /** Vertices of each domain, ascending, go to its blocks, ascending; blocks are numbered by their first vertex. */
    Partition toPartition() {
        int[] left = count.clone();
        int[] cursor = new int[graph.domains()];
        int[] label = new int[blocks];
        Arrays.fill(label, -1);
        int[] blockOf = new int[graph.vertices()];
        int used = 0;
        for (int v = 0; v < blockOf.length; v++) {
            int d = graph.domainOf(v);
            while (left[d * blocks + cursor[d]] == 0) {
                cursor[d]++;
            }
            left[d * blocks + cursor[d]]--;
            if (label[cursor[d]] < 0) {
                label[cursor[d]] = used++;
            }
            blockOf[v] = label[cursor[d]];
        }
        return new Partition(blockOf, blocks);
    }

    private long deficit(long w) {
        return w > most ? w - most : w < least ? least - w : 0;
    }
}
