package org.partiflow.simulator;

import java.util.Arrays;

/**
 * Future events by time, equal times in the order of insertion. A binary heap over primitive arrays: O(log n) each, no
 * allocation but for growth.
 */
final class EventQueue {
    private double[] times = new double[64];
    private long[] orders = new long[64];
    private long[] events = new long[64];
    private int size;
    private long inserted;

    /** Adds an event of a kind, of a group (or other small index) and with a number. */
    void add(double time, EventKind kind, int group, int number) {
        if (size == times.length) {
            grow();
        }
        long event = ((long) kind.code() << 56) | ((long) group << 32) | (number & 0xffff_ffffL);
        long order = inserted++;
        int child = size++;
        while (child > 0) {
            int parent = (child - 1) >>> 1;
            if (times[parent] <= time) {
                break; // equal times: the parent was inserted earlier
            }
            copy(parent, child);
            child = parent;
        }
        put(child, time, order, event);
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Time of the next event; infinity if there is none. */
    double nextTime() {
        return size == 0 ? Double.POSITIVE_INFINITY : times[0];
    }

    /** Removes the next event; read it with the static accessors. */
    long poll() {
        long first = events[0];
        size--;
        if (size > 0) {
            sink(times[size], orders[size], events[size]);
        }
        return first;
    }

    static EventKind kind(long event) {
        return EventKind.of((int) (event >>> 56));
    }

    static int group(long event) {
        return (int) (event >>> 32) & 0xff_ffff;
    }

    static int number(long event) {
        return (int) event;
    }

    private void sink(double time, long order, long event) {
        int parent = 0;
        int child = 1;
        while (child < size) {
            if (child + 1 < size && before(child + 1, times[child], orders[child])) {
                child++;
            }
            if (!before(child, time, order)) {
                break;
            }
            copy(child, parent);
            parent = child;
            child = 2 * parent + 1;
        }
        put(parent, time, order, event);
    }

    private boolean before(int index, double time, long order) {
        return times[index] < time || (times[index] == time && orders[index] < order);
    }

    private void copy(int from, int to) {
        put(to, times[from], orders[from], events[from]);
    }

    private void put(int index, double time, long order, long event) {
        times[index] = time;
        orders[index] = order;
        events[index] = event;
    }

    private void grow() {
        int capacity = 2 * times.length;
        times = Arrays.copyOf(times, capacity);
        orders = Arrays.copyOf(orders, capacity);
        events = Arrays.copyOf(events, capacity);
    }
}
