package org.partiflow.simulator;

/** The queue, batches and memory of one serving group. */
interface GroupServer {
    /** Takes a request that arrived (prefill, colocated) or whose cache is in place (decode). */
    void accept(int request, double now);

    /** Sequences that wait. */
    int waiting();

    KvMemory memory();

    Pipeline pipeline();
}
