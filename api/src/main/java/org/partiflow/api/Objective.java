package org.partiflow.api;

/** What a planner maximises or minimises. */
public enum Objective {
    /** Requests per second in the steady state: the value of the max flow. */
    THROUGHPUT,
    /** The same, with every group held to batches that meet the latency targets. */
    GOODPUT,
    /** Least price per hour that serves a required rate. */
    COST
}
