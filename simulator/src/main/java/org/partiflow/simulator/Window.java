package org.partiflow.simulator;

/**
 * The steady window, from the first arrival after the warm-up to the last arrival. What happens after it, while the
 * system drains, counts only where the window turns out to be too short to see most requests complete.
 *
 * @param start seconds
 * @param end seconds, at least {@code start}
 */
record Window(double start, double end) {
    static Window of(RequestTable table, int firstCounted) {
        return table.size == 0
                ? new Window(0, 0)
                : new Window(table.arrival[firstCounted], table.arrival[table.size - 1]);
    }

    boolean contains(double time) {
        return time >= start && time <= end;
    }

    /** Seconds of an interval that lie inside. */
    double overlap(double from, double to) {
        return Math.max(0, Math.min(to, end) - Math.max(from, start));
    }

    /** Seconds of an interval that lie after the start. */
    double after(double from, double to) {
        return Math.max(0, to - Math.max(from, start));
    }

    /** What of it a run that was stopped at {@code stop} has seen. */
    Window cutAt(double stop) {
        return stop >= end ? this : new Window(start, Math.max(start, stop));
    }

    Window extendedTo(double newEnd) {
        return new Window(start, Math.max(end, newEnd));
    }
}
