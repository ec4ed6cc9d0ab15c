package org.partiflow.simulator;

/** In which order a prefill group takes its queue. */
public enum QueueOrder {
    /** As requests came. */
    FIRST_COME,
    /** The shortest prompt first, equal ones as they came; long prompts may starve under overload. */
    SHORTEST_PROMPT
}
