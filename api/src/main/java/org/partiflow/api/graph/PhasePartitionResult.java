package org.partiflow.api.graph;

/** Outcome of a phase partition. Partitions have two blocks, {@link PhasePartitionRequest#PREFILL} and DECODE. */
public sealed interface PhasePartitionResult {
    /**
     * An assignment that keeps the limits.
     *
     * @param partition block by group
     * @param proven whether no assignment within the limits has more bandwidth between the sides
     */
    record Found(Partition partition, boolean proven) implements PhasePartitionResult {}

    /**
     * Proof that no assignment supplies enough.
     *
     * @param reason why not, and what to change
     * @param nearest the assignment of greatest supply that is known
     */
    record Infeasible(String reason, Nearest nearest) implements PhasePartitionResult {}

    /** None was found, which proves nothing. */
    record NotFound(String reason) implements PhasePartitionResult {}

    /**
     * The answer closest to an infeasible request.
     *
     * @param supply what the slower side supplies
     * @param greatest whether it is proven that no assignment supplies more
     * @param partition an assignment that supplies this
     */
    record Nearest(long supply, boolean greatest, Partition partition) {}
}
