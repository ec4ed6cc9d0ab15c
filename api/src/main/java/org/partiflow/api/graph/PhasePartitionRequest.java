package org.partiflow.api.graph;

import org.partiflow.api.control.SolveControl;

/**
 * Asks for the secondary partition: which groups prefill and which decode.
 *
 * <p>Among the assignments in which each side has a group and supplies at least {@code leastSupply}, the one with the
 * most bandwidth between the sides is sought: the sum, over all pairs of a prefill and a decode group, of {@link
 * PhaseGraph#bandwidth}. Supplies are in requests of the workload, so a floor on the slower side is what makes the ratio
 * of compute fit the workload: no side can be starved for bandwidth. Ties go to the greater supply of the slower side.
 *
 * <p>Bandwidth here is that of undisturbed links. What routes can really carry at the same time is the business of the
 * flow, which judges the few assignments that a planner tries.
 *
 * @param graph the groups, at least 2
 * @param leastSupply least that either side must supply, in the unit of the graph; at least 0
 * @param seed seed of everything random
 * @param control limits and progress
 */
public record PhasePartitionRequest(PhaseGraph graph, long leastSupply, long seed, SolveControl control) {
    /** Block of the prefill groups. */
    public static final int PREFILL = 0;
    /** Block of the decode groups. */
    public static final int DECODE = 1;

    /** Rejects values out of range. */
    public PhasePartitionRequest {
        if (graph.size() < 2 || leastSupply < 0) {
            throw new IllegalArgumentException("needs at least 2 groups and no negative supply, got " + graph.size()
                    + " groups and " + leastSupply);
        }
    }

    /**
     * A request whose sides must supply a share of what they could if groups were divisible.
     *
     * @param share of {@link PhaseGraph#divisibleSupply}, in [0, 1]; 0.9 leaves a tenth to trade for bandwidth
     */
    public static PhasePartitionRequest ofShare(PhaseGraph graph, double share, long seed, SolveControl control) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("the share of the divisible supply must be in [0, 1], got " + share);
        }
        long divisible = graph.divisibleSupply();
        return new PhasePartitionRequest(graph, Math.min(divisible, (long) (share * divisible)), seed, control);
    }
}
