package org.partiflow.partitioning;

import java.util.Arrays;

/** A binary heap of vertices, largest key first, whose keys can change. Not thread-safe. */
final class VertexHeap {
    private final int[] heap;
    private final int[] place;
    private final long[] key;
    private int size;

    VertexHeap(int vertices) {
        heap = new int[vertices];
        place = new int[vertices];
        key = new long[vertices];
        Arrays.fill(place, -1);
    }

    boolean isEmpty() {
        return size == 0;
    }

    boolean contains(int vertex) {
        return place[vertex] >= 0;
    }

    int top() {
        return heap[0];
    }

    long key(int vertex) {
        return key[vertex];
    }

    void clear() {
        for (int i = 0; i < size; i++) {
            place[heap[i]] = -1;
        }
        size = 0;
    }

    /** Inserts a vertex or changes its key. */
    void put(int vertex, long newKey) {
        int at = place[vertex];
        if (at < 0) {
            at = size++;
            key[vertex] = newKey;
            up(at, vertex);
        } else if (newKey > key[vertex]) {
            key[vertex] = newKey;
            up(at, vertex);
        } else if (newKey < key[vertex]) {
            key[vertex] = newKey;
            down(at, vertex);
        }
    }

    void remove(int vertex) {
        int at = place[vertex];
        place[vertex] = -1;
        int last = heap[--size];
        if (at == size) {
            return;
        }
        if (at > 0 && key[heap[(at - 1) / 2]] < key[last]) {
            up(at, last);
        } else {
            down(at, last);
        }
    }

    private void up(int from, int vertex) {
        int at = from;
        long k = key[vertex];
        while (at > 0) {
            int parent = (at - 1) / 2;
            if (key[heap[parent]] >= k) {
                break;
            }
            heap[at] = heap[parent];
            place[heap[at]] = at;
            at = parent;
        }
        heap[at] = vertex;
        place[vertex] = at;
    }

    private void down(int from, int vertex) {
        int at = from;
        long k = key[vertex];
        while (2 * at + 1 < size) {
            int child = 2 * at + 1;
            if (child + 1 < size && key[heap[child + 1]] > key[heap[child]]) {
                child++;
            }
            if (key[heap[child]] <= k) {
                break;
            }
            heap[at] = heap[child];
            place[heap[at]] = at;
            at = child;
        }
        heap[at] = vertex;
        place[vertex] = at;
    }
}
