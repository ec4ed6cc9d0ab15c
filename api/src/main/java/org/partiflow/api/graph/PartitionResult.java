package org.partiflow.api.graph;

import java.util.Optional;

/** Outcome of partitioning. */
public sealed interface PartitionResult {
    /** A partition that keeps every limit of the request. */
    record Found(Partition partition) implements PartitionResult {}

    /**
     * Proof that no partition keeps the limits.
     *
     * @param reason why not, and what to change
     * @param nearest what a larger imbalance would allow; empty if no imbalance helps, or none was found
     */
    record Infeasible(String reason, Optional<Nearest> nearest) implements PartitionResult {
        /** Infeasible, whatever the imbalance. */
        public Infeasible(String reason) {
            this(reason, Optional.empty());
        }
    }

    /** None was found, which proves nothing. */
    record NotFound(String reason) implements PartitionResult {}

    /**
     * The answer closest to an infeasible request. The least block weight is kept: a group that cannot hold the model is
     * never returned.
     *
     * @param imbalance an imbalance at which the request has a partition
     * @param smallest whether it is proven that no smaller imbalance has one
     * @param partition a partition that keeps all limits at that imbalance; its cut is good, not proven least
     */
    record Nearest(double imbalance, boolean smallest, Partition partition) {}
}
