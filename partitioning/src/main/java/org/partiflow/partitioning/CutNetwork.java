package org.partiflow.partitioning;

import java.util.Arrays;

/**
 * A directed network with one source and one sink, and its max flow by Dinic's algorithm [1]: O(vertices^2 x arcs), in
 * practice near linear on the small regions that {@link FlowRefiner} cuts. Storage is kept between uses. Not thread-safe.
 *
 * <p>Reference: [1] Dinic: Algorithm for solution of a problem of maximum flow in a network with power estimation, 1970.
 */
final class CutNetwork {
    static final int SOURCE = 0;
    static final int SINK = 1;

    private int vertices;
    private int[] first = new int[64];
    private int[] next = new int[256];
    private int[] to = new int[256];
    private long[] capacity = new long[256];
    private int arcs;
    private int[] depth = new int[64];
    private int[] queue = new int[64];
    private int[] cursor = new int[64];
    private long work;

    /** Arcs and vertices looked at: a deterministic measure of effort. */
    long work() {
        return work;
    }

    /** Empties the network; {@code newVertices} counts source and sink. */
    void begin(int newVertices) {
        vertices = newVertices;
        if (first.length < vertices) {
            first = new int[2 * vertices];
            depth = new int[2 * vertices];
            queue = new int[2 * vertices];
            cursor = new int[2 * vertices];
        }
        Arrays.fill(first, 0, vertices, -1);
        arcs = 0;
    }

    /** Adds an arc and its reverse. */
    void link(int u, int v, long forward, long backward) {
        if (arcs + 2 > to.length) {
            to = Arrays.copyOf(to, 2 * to.length);
            next = Arrays.copyOf(next, to.length);
            capacity = Arrays.copyOf(capacity, to.length);
        }
        append(u, v, forward);
        append(v, u, backward);
    }

    private void append(int u, int v, long amount) {
        to[arcs] = v;
        capacity[arcs] = amount;
        next[arcs] = first[u];
        first[u] = arcs++;
    }

    /** Sends as much as possible; afterwards the two cuts can be read. */
    void saturate() {
        work += 2L * arcs;
        while (search()) {
            System.arraycopy(first, 0, cursor, 0, vertices);
            while (push()) {
                work++;
            }
        }
    }

    /** Breadth-first levels from the source; whether the sink is reached. */
    private boolean search() {
        Arrays.fill(depth, 0, vertices, -1);
        depth[SOURCE] = 0;
        int size = 1;
        queue[0] = SOURCE;
        for (int at = 0; at < size && depth[SINK] < 0; at++) {
            int u = queue[at];
            for (int e = first[u]; e >= 0; e = next[e]) {
                if (capacity[e] > 0 && depth[to[e]] < 0) {
                    depth[to[e]] = depth[u] + 1;
                    queue[size++] = to[e];
                }
            }
        }
        work += arcs;
        return depth[SINK] >= 0;
    }

    /** One augmenting path by depth-first search without recursion; whether there was one. */
    private boolean push() {
        int length = 0;
        int u = SOURCE;
        while (u != SINK) {
            int e = cursor[u];
            while (e >= 0 && (capacity[e] == 0 || depth[to[e]] != depth[u] + 1)) {
                e = next[e];
            }
            cursor[u] = e;
            if (e >= 0) {
                queue[length++] = e;
                u = to[e];
            } else if (length == 0) {
                return false;
            } else {
                depth[u] = -1;
                u = to[queue[--length] ^ 1];
            }
        }
        long amount = Long.MAX_VALUE;
        for (int i = 0; i < length; i++) {
            amount = Math.min(amount, capacity[queue[i]]);
        }
        for (int i = 0; i < length; i++) {
            capacity[queue[i]] -= amount;
            capacity[queue[i] ^ 1] += amount;
        }
        work += length;
        return amount > 0;
    }

    /** The smallest source side of a minimum cut; valid after {@link #saturate}. */
    boolean[] reachable() {
        boolean[] seen = new boolean[vertices];
        for (int i = 0; i < seen.length; i++) {
            seen[i] = depth[i] >= 0;
        }
        return seen;
    }

    /** The largest source side of a minimum cut; valid after {@link #saturate}. */
    boolean[] notReaching() {
        boolean[] side = new boolean[vertices];
        Arrays.fill(side, true);
        side[SINK] = false;
        int size = 1;
        queue[0] = SINK;
        for (int at = 0; at < size; at++) {
            int u = queue[at];
            for (int e = first[u]; e >= 0; e = next[e]) {
                if (capacity[e ^ 1] > 0 && side[to[e]]) {
                    side[to[e]] = false;
                    queue[size++] = to[e];
                }
            }
        }
        return side;
    }
}
