package org.partiflow.partitioning;

import java.util.Arrays;

/**
 * A partition of a {@link Level} under change, with the dense table of connections of every vertex to every block: gains
 * are O(1), moves O(degree). Not thread-safe.
 */
final class KwayState {
    final Level level;
    final int blocks;
    final long[] most;
    final long least;
    final int[] block;
    final long[] connection;
    final long[] load;
    long cut;
    long violation;

    /**
     * An unset state; call {@link #assign} first.
     *
     * @param most most that each block may weigh
     * @param least least that a block may weigh
     */
    KwayState(Level level, long[] most, long least) {
        this.level = level;
        this.most = most;
        this.least = least;
        blocks = most.length;
        block = new int[level.size];
        connection = new long[Math.multiplyExact(level.size, blocks)];
        load = new long[blocks];
    }

    /** Replaces the assignment; O(edges + vertices x blocks). */
    void assign(int[] blockOf) {
        System.arraycopy(blockOf, 0, block, 0, block.length);
        Arrays.fill(connection, 0);
        Arrays.fill(load, 0);
        long twice = 0;
        for (int v = 0; v < block.length; v++) {
            int row = v * blocks;
            int own = block[v];
            load[own] += level.weight[v];
            for (int i = level.start[v]; i < level.start[v + 1]; i++) {
                int other = block[level.neighbour[i]];
                connection[row + other] += level.edge[i];
                twice += other == own ? 0 : level.edge[i];
            }
        }
        cut = twice / 2;
        violation = 0;
        for (int b = 0; b < blocks; b++) {
            violation += deficit(b, load[b]);
        }
    }

    long deficit(int b, long weight) {
        return weight > most[b] ? weight - most[b] : weight < least ? least - weight : 0;
    }

    /** How the violation changes if {@code shifted} weight goes from one block to another; may be negative. */
    long violationDelta(int from, int to, long shifted) {
        return deficit(from, load[from] - shifted)
                - deficit(from, load[from])
                + deficit(to, load[to] + shifted)
                - deficit(to, load[to]);
    }

    long gain(int v, int to) {
        int row = v * blocks;
        return connection[row + to] - connection[row + block[v]];
    }

    /** Moves a vertex to another block. */
    void move(int v, int to) {
        int from = block[v];
        long shifted = level.weight[v];
        cut -= gain(v, to);
        violation += violationDelta(from, to, shifted);
        load[from] -= shifted;
        load[to] += shifted;
        block[v] = to;
        int end = level.start[v + 1];
        for (int i = level.start[v]; i < end; i++) {
            int row = level.neighbour[i] * blocks;
            long w = level.edge[i];
            connection[row + from] -= w;
            connection[row + to] += w;
        }
    }

    boolean betterThan(long otherViolation, long otherCut) {
        return violation != otherViolation ? violation < otherViolation : cut < otherCut;
    }

    boolean isBoundary(int v) {
        long total = 0;
        int row = v * blocks;
        for (int b = 0; b < blocks; b++) {
            total += connection[row + b];
        }
        return total > connection[row + block[v]];
    }
}
