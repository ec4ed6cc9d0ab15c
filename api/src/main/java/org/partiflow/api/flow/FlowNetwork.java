package org.partiflow.api.flow;

import java.util.Arrays;

/**
 * A directed network with integer capacities. Parallel arcs and arcs into the source are allowed. Immutable; O(arcs)
 * memory.
 */
public final class FlowNetwork {
    /** Largest capacity of an arc: the sum of 65,536 such arcs does not overflow. */
    public static final long MAX_CAPACITY = Long.MAX_VALUE / (1L << 16);

    private final int vertices;
    private final int source;
    private final int sink;
    private final int[] from;
    private final int[] to;
    private final long[] capacity;

    private FlowNetwork(int vertices, int source, int sink, int[] from, int[] to, long[] capacity) {
        this.vertices = vertices;
        this.source = source;
        this.sink = sink;
        this.from = from;
        this.to = to;
        this.capacity = capacity;
    }

    /** Starts a network of {@code vertices} vertices, numbered from 0. */
    public static Builder builder(int vertices, int source, int sink) {
        return new Builder(vertices, source, sink);
    }

    /** Number of vertices. */
    public int vertices() {
        return vertices;
    }

    /** Number of arcs. */
    public int arcs() {
        return from.length;
    }

    /** The source vertex. */
    public int source() {
        return source;
    }

    /** The sink vertex. */
    public int sink() {
        return sink;
    }

    /** Tail of an arc. */
    public int from(int arc) {
        return from[arc];
    }

    /** Head of an arc. */
    public int to(int arc) {
        return to[arc];
    }

    /** Capacity of an arc. */
    public long capacity(int arc) {
        return capacity[arc];
    }

    /** Builds a network arc by arc. */
    public static final class Builder {
        private final int vertices;
        private final int source;
        private final int sink;
        private int[] from = new int[16];
        private int[] to = new int[16];
        private long[] capacity = new long[16];
        private int arcs;

        private Builder(int vertices, int source, int sink) {
            if (source < 0 || source >= vertices || sink < 0 || sink >= vertices || source == sink) {
                throw new IllegalArgumentException(
                        "source " + source + " and sink " + sink + " must be two of the " + vertices + " vertices");
            }
            this.vertices = vertices;
            this.source = source;
            this.sink = sink;
        }

        /**
         * Adds an arc and returns its number (0, 1, ...).
         *
         * @throws IllegalArgumentException if an end is no vertex or the capacity is not in [0, MAX_CAPACITY]
         */
        public int addArc(int tail, int head, long arcCapacity) {
            if (tail < 0 || tail >= vertices || head < 0 || head >= vertices) {
                throw new IllegalArgumentException("arc " + tail + " -> " + head + " leaves the network");
            }
            if (arcCapacity < 0 || arcCapacity > MAX_CAPACITY) {
                throw new IllegalArgumentException("capacity " + arcCapacity + " is not in [0, " + MAX_CAPACITY + "]");
            }
            if (arcs == from.length) {
                from = Arrays.copyOf(from, 2 * arcs);
                to = Arrays.copyOf(to, 2 * arcs);
                capacity = Arrays.copyOf(capacity, 2 * arcs);
            }
            from[arcs] = tail;
            to[arcs] = head;
            capacity[arcs] = arcCapacity;
            return arcs++;
        }

        /** The network. */
        public FlowNetwork build() {
            return new FlowNetwork(
                    vertices,
                    source,
                    sink,
                    Arrays.copyOf(from, arcs),
                    Arrays.copyOf(to, arcs),
                    Arrays.copyOf(capacity, arcs));
        }
    }
}
