package org.partiflow.solvers.replan;

/** How much a new plan may change, least disruption first. */
public enum Level {
    /** Groups that are whole stay exactly as they are; only routes and their flows change. */
    ROUTING,
    /** Groups that are whole keep their GPUs and weights, but may change their phase. */
    FLIPS,
    /** Some GPUs change their group: those left over, new ones, and those of groups that are formed anew. */
    MOVES,
    /** Everything may change. */
    ANEW
}
