package org.partiflow.io;

import java.util.List;

/**
 * What fails or slows down, and when, as in {@code faults/1}. Immutable.
 *
 * @param faults in the order of the file
 */
public record Faults(List<Fault> faults) {
    /**
     * One fault.
     *
     * @param target name of a GPU ({@code h0/1}), a node ({@code h0}) or a shared link ({@code h0/nic-out})
     * @param fromSeconds when it starts, simulated time
     * @param untilSeconds when it ends; infinity for never
     * @param speed what is left of its speed, in [0, 1); 0 is down
     */
    public record Fault(String target, double fromSeconds, double untilSeconds, double speed) {}

    /** Copies the list. */
    public Faults {
        faults = List.copyOf(faults);
    }
}
