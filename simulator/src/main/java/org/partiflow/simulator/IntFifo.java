package org.partiflow.simulator;

/** A first-in-first-out queue of ints on a ring that grows; O(1) each, amortised. */
final class IntFifo {
    private int[] ring = new int[16];
    private int head;
    private int size;

    void add(int value) {
        if (size == ring.length) {
            grow();
        }
        ring[(head + size++) & (ring.length - 1)] = value;
    }

    /** The element at {@code index}, counted from the oldest. */
    int get(int index) {
        return ring[(head + index) & (ring.length - 1)];
    }

    int peek() {
        return ring[head];
    }

    int poll() {
        int value = ring[head];
        head = (head + 1) & (ring.length - 1);
        size--;
        return value;
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    void clear() {
        head = 0;
        size = 0;
    }

    /** Takes a value out of the middle; O(size). */
    void remove(int value) {
        int kept = 0;
        int before = size;
        for (int i = 0; i < before; i++) {
            int each = get(i);
            if (each != value) {
                ring[(head + kept++) & (ring.length - 1)] = each;
            }
        }
        size = kept;
    }

    private void grow() {
        int[] larger = new int[2 * ring.length];
        for (int i = 0; i < size; i++) {
            larger[i] = get(i);
        }
        ring = larger;
        head = 0;
    }
}
