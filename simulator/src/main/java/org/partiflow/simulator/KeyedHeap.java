package org.partiflow.simulator;

import java.util.Arrays;

/** Requests by ascending key, equal keys by ascending request. A binary heap; O(log n) each. */
final class KeyedHeap {
    private double[] keys = new double[8];
    private int[] requests = new int[8];
    private int size;

    void add(double key, int request) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, 2 * size);
            requests = Arrays.copyOf(requests, 2 * size);
        }
        int child = size++;
        while (child > 0) {
            int parent = (child - 1) >>> 1;
            if (before(parent, key, request)) {
                break;
            }
            put(child, keys[parent], requests[parent]);
            child = parent;
        }
        put(child, key, request);
    }

    boolean isEmpty() {
        return size == 0;
    }

    double firstKey() {
        return keys[0];
    }

    int first() {
        return requests[0];
    }

    int size() {
        return size;
    }

    int poll() {
        int first = requests[0];
        size--;
        double key = keys[size];
        int request = requests[size];
        int parent = 0;
        int child = 1;
        while (child < size) {
            if (child + 1 < size && before(child + 1, keys[child], requests[child])) {
                child++;
            }
            if (!before(child, key, request)) {
                break;
            }
            put(parent, keys[child], requests[child]);
            parent = child;
            child = 2 * parent + 1;
        }
        put(parent, key, request);
        return first;
    }

    void clear() {
        size = 0;
    }

    /** Takes a request out; O(size). */
    void remove(int request) {
        int kept = size;
        size = 0;
        double[] oldKeys = Arrays.copyOf(keys, kept);
        int[] oldRequests = Arrays.copyOf(requests, kept);
        for (int i = 0; i < kept; i++) {
            if (oldRequests[i] != request) {
                add(oldKeys[i], oldRequests[i]);
            }
        }
    }

    /** The key of a request that is in it; O(size). */
    double keyOf(int request) {
        int index = 0;
        while (requests[index] != request) {
            index++;
        }
        return keys[index];
    }

    /** The requests, in no particular order. */
    int[] toArray() {
        return Arrays.copyOf(requests, size);
    }

    private boolean before(int index, double key, int request) {
        return keys[index] < key || (keys[index] == key && requests[index] < request);
    }

    private void put(int index, double key, int request) {
        keys[index] = key;
        requests[index] = request;
    }
}
