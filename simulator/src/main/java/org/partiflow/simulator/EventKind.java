package org.partiflow.simulator;

/** What happens at an event, and what its group and number mean. */
enum EventKind {
    /** A prefill pass leaves the last stage of the group. */
    PASS_END,
    /** The first stage of a prefill group may take a pass. */
    PASS_START,
    /** Micro-batch {@code number} of the group wants to start an iteration. */
    ITERATION_START,
    /** Micro-batch {@code number} of the group leaves the last stage. */
    ITERATION_END,
    /** A KV transfer has left the wire, unless the network's epoch {@code number} has passed. */
    WIRE_END,
    /** The cache of request {@code number} is usable. */
    CACHE_READY;

    private static final EventKind[] KINDS = values();

    static EventKind byOrdinal(int ordinal) {
        return KINDS[ordinal];
    }
}
