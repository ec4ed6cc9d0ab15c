package org.partiflow.api;

/**
 * What a planner is asked to do. Names are those of strategies found by {@link org.partiflow.api.spi.Strategies}.
 *
 * @param partitioner name of the partitioner
 * @param flow name of the max flow solver
 * @param refinement how an incumbent is improved
 * @param objective what is optimised
 * @param requiredRate requests per second that must be served; used by {@link Objective#COST}
 * @param seed seed of everything random
 */
public record PlanningOptions(
        String partitioner, String flow, Refinement refinement, Objective objective, double requiredRate, long seed) {
    /** How an incumbent is improved. */
    public enum Refinement {
        /** Not at all. */
        NONE,
        /** By random moves. */
        RANDOM,
        /** By moves at the bottleneck that the min cut names. */
        GUIDED
    }

    /** Spectral partitioning with Kernighan-Lin, own push-relabel, guided refinement, throughput, seed 42. */
    public static final PlanningOptions DEFAULT =
            new PlanningOptions("spectral-kl", "push-relabel", Refinement.GUIDED, Objective.THROUGHPUT, 0, 42);

    /** Rejects a required rate that is not a finite, non-negative number, or missing where the objective needs it. */
    public PlanningOptions {
        if (!(requiredRate >= 0) || Double.isInfinite(requiredRate)) {
            throw new IllegalArgumentException("the required rate must not be negative: " + requiredRate);
        }
        if (objective == Objective.COST && requiredRate == 0) {
            throw new IllegalArgumentException("the objective COST needs a required rate above zero");
        }
    }
}
