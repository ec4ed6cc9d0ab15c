package org.partiflow.simulator;

/** The queue, batches and memory of one serving group. */
interface GroupServer {
    /** Takes a request that arrived (prefill, colocated) or whose cache is in place (decode). */
    void accept(int request, double now);

    /** All that it was doing is lost, queues included. */
    void crash();

    /** It works again. */
    void recover(double now);

    /** Sequences that wait. */
    int waiting();

    KvMemory memory();

    Pipeline pipeline();
}
