package org.partiflow.solvers.helix;

import java.util.Arrays;

/**
 * Dinic's max flow on a small sparse network whose arrays are reused from call to call: what a search evaluates placements
 * with. Augments along shortest paths first, so that flow prefers short pipelines. Not thread-safe.
 */
final class SmallFlow {
    private int vertices;
    private int entries;
    private int[] firstEntry = new int[16];
    private int[] nextEntry = new int[64];
    private int[] head = new int[64];
    private long[] room = new long[64];
    private int[] level = new int[16];
    private int[] current = new int[16];
    private int[] queue = new int[16];

    /** Forgets all arcs. */
    void reset(int count) {
        vertices = count;
        entries = 0;
        if (firstEntry.length < count) {
            firstEntry = new int[count];
            level = new int[count];
            current = new int[count];
            queue = new int[count];
        }
        Arrays.fill(firstEntry, 0, count, -1);
    }

    /** Adds an arc and returns its number: 0, 1, ... */
    int add(int from, int to, long capacity) {
        if (entries == head.length) {
            head = Arrays.copyOf(head, 2 * entries);
            nextEntry = Arrays.copyOf(nextEntry, 2 * entries);
            room = Arrays.copyOf(room, 2 * entries);
        }
        append(from, to, capacity);
        append(to, from, 0);
        return (entries - 2) / 2;
    }

    private void append(int from, int to, long capacity) {
        head[entries] = to;
        room[entries] = capacity;
        nextEntry[entries] = firstEntry[from];
        firstEntry[from] = entries++;
    }

    /** Flow on an arc. */
    long flow(int arc) {
        return room[2 * arc + 1];
    }

    /** The value of a maximum flow. */
    long maximise(int source, int sink) {
        long total = 0;
        while (label(source, sink)) {
            System.arraycopy(firstEntry, 0, current, 0, vertices);
            total += push(source, sink, Long.MAX_VALUE);
        }
        return total;
    }

    private boolean label(int source, int sink) {
        Arrays.fill(level, 0, vertices, -1);
        level[source] = 0;
        queue[0] = source;
        int count = 1;
        for (int at = 0; at < count && level[sink] < 0; at++) {
            int v = queue[at];
            for (int e = firstEntry[v]; e >= 0; e = nextEntry[e]) {
                if (room[e] > 0 && level[head[e]] < 0) {
                    level[head[e]] = level[v] + 1;
                    queue[count++] = head[e];
                }
            }
        }
        return level[sink] >= 0;
    }

    private long push(int v, int sink, long most) {
        if (v == sink) {
            return most;
        }
        long left = most;
        while (current[v] >= 0) {
            int e = current[v];
            if (room[e] > 0 && level[head[e]] == level[v] + 1) {
                long amount = push(head[e], sink, Math.min(left, room[e]));
                room[e] -= amount;
                room[e ^ 1] += amount;
                left -= amount;
                if (left == 0) {
                    return most;
                }
            }
            current[v] = nextEntry[e];
        }
        return most - left;
    }
}
