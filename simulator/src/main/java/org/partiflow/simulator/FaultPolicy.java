package org.partiflow.simulator;

/**
 * What becomes of requests when a GPU, a node or a link that they use fails. A request that only waits in a queue of a
 * failed group is given to another group, whatever the policy but {@link #WAIT}.
 */
public enum FaultPolicy {
    /** Nothing is lost: work and transfers go on where they were when the hardware is back. */
    WAIT,
    /**
     * KV caches and passes of a failed group are lost. Its requests start again from their prompts, in another group if
     * one is up; a client counts latencies from the first arrival. Caches on their way to a failed group, or over a
     * failed link, are sent again.
     */
    RETRY,
    /** Requests with a pass or a KV cache in a failed group, or with a cache on a failed link, are lost. */
    LOSE
}
