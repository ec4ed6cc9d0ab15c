package org.partiflow.api.plan;

/** What a serving group does for a request. */
public enum Phase {
    /** Processes the prompt, makes the first token and the KV cache. */
    PREFILL,
    /** Makes the remaining tokens from a KV cache that it received. */
    DECODE,
    /** Does both. */
    COLOCATED
}
