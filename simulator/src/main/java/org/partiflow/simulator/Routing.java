package org.partiflow.simulator;

/** How an arriving request is given its groups. */
public enum Routing {
    /** In proportion to the plan's flows and shares, interleaved (smooth weighted round robin). */
    PLANNED,
    /** To the group, and by the route to the group, that has least work on its way relative to its capacity. */
    LEAST_LOADED,
    /** To the group, and by the route to the group, that has the largest share of its KV memory free. */
    KV_AWARE
}
