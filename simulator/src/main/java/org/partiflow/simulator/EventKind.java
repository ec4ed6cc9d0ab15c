package org.partiflow.simulator;

/** What happens at an event, and what its group and number mean. */
enum EventKind {
    /** A prefill pass leaves the last stage of the group. */
    PASS_END(0),
    /** The first stage of a prefill group may take a pass. */
    PASS_START(1),
    /** Micro-batch {@code number} of the group wants to start an iteration. */
    ITERATION_START(2),
    /** Micro-batch {@code number} of the group leaves the last stage. */
    ITERATION_END(3),
    /** A KV transfer has left the wire, unless the network's epoch {@code number} has passed; -1: rates are due. */
    WIRE_END(4),
    /** The cache of request {@code number} is usable. */
    CACHE_READY(5),
    /** The speed of shared link {@code number} changes. */
    LINK_CHANGE(6),
    /** The group fails and loses what it does. */
    GROUP_DOWN(7),
    /** The group works again. */
    GROUP_UP(8),
    /** The transfer of request {@code number} may begin: its cache was asked for, its connection is up. */
    CALLED(9),
    /** A chunk, not the last, of the prompt of request {@code number} is computed. */
    CHUNK_END(10);

    private static final EventKind[] BY_CODE = values();

    private final int code;

    EventKind(int code) {
        this.code = code;
    }

    /** Its number in a packed event: its position here. */
    int code() {
        return code;
    }

    static EventKind of(int code) {
        return BY_CODE[code];
    }
}
