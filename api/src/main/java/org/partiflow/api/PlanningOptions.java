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
 * @param replayTop of how many of the best plans within 3 % of the best flow a replay decides ({@link
 *     org.partiflow.api.spi.PlanReplay}); below 2 the flow alone decides, as it does where no replay is on the class path
 *     or the objective is {@link Objective#COST}. Default 0; the command line's is 3
 */
public record PlanningOptions(
        String partitioner,
        String flow,
        Refinement refinement,
        Objective objective,
        double requiredRate,
        long seed,
        int replayTop) {
    /** How an incumbent is improved. */
    public enum Refinement {
        /** Not at all. */
        NONE,
        /** By random moves. */
        RANDOM,
        /** By moves at the bottleneck that the min cut names. */
        GUIDED
    }

    /** Spectral partitioning with Kernighan-Lin, own push-relabel, guided refinement, throughput, seed 42, no replay. */
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
        if (replayTop < 0) {
            throw new IllegalArgumentException("the number of plans to replay must not be negative: " + replayTop);
        }
    }

    /** The same without replay. */
    public PlanningOptions(
            String partitioner,
            String flow,
            Refinement refinement,
            Objective objective,
            double requiredRate,
            long seed) {
        this(partitioner, flow, refinement, objective, requiredRate, seed, 0);
    }

    /** The same with a replay of so many of the best plans. */
    public PlanningOptions withReplayTop(int plans) {
        return new PlanningOptions(partitioner, flow, refinement, objective, requiredRate, seed, plans);
    }
}
