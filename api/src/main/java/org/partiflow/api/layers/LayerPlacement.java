package org.partiflow.api.layers;

import java.util.Arrays;

/**
 * Which layers each machine holds: {@code start[m]} up to but without {@code end[m]}, both -1 if none.
 *
 * @param start first layer by machine
 * @param end first layer after those of each machine
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content below; never written to after construction
public record LayerPlacement(int[] start, int[] end) {
    /** Copies the arrays. */
    public LayerPlacement {
        start = start.clone();
        end = end.clone();
        if (start.length != end.length) {
            throw new IllegalArgumentException("starts and ends differ in number");
        }
    }

    /** Whether a machine holds layers. */
    public boolean holds(int machine) {
        return start[machine] >= 0;
    }

    /** Number of layers of a machine. */
    public int layers(int machine) {
        return end[machine] - start[machine];
    }

    /** Number of machines that hold layers. */
    public int used() {
        return (int) Arrays.stream(start).filter(s -> s >= 0).count();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LayerPlacement that && Arrays.equals(start, that.start) && Arrays.equals(end, that.end);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(start) + Arrays.hashCode(end);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int m = 0; m < start.length; m++) {
            text.append(m == 0 ? "" : " ").append(start[m]).append('-').append(end[m]);
        }
        return text.toString();
    }
}
