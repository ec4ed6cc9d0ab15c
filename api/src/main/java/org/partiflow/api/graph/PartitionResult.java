package org.partiflow.api.graph;

/** Outcome of partitioning. */
public sealed interface PartitionResult {
    /** A partition that keeps every limit of the request. */
    record Found(Partition partition) implements PartitionResult {}

    /** Proof that no partition keeps the limits. */
    record Infeasible(String reason) implements PartitionResult {}

    /** None was found, which proves nothing. */
    record NotFound(String reason) implements PartitionResult {}
}
