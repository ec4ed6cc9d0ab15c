package org.partiflow.solvers.helix;

/**
 * How placements are searched.
 *
 * @param lengthDiscount share of the flow that one more machine on the way of a token must bring, in [0, 1); 0 maximises
 *     the flow alone. Default 0.04
 * @param restarts annealing runs, at least 1. Default 12
 * @param stepsPerMachine steps of a run for each machine, at least 1. Default 6,000
 * @param seed seed. Default 42
 */
public record PlacementOptions(double lengthDiscount, int restarts, int stepsPerMachine, long seed) {
    /** A discount of 4 %, 12 runs of 6,000 steps for each machine, seed 42. */
    public static final PlacementOptions DEFAULT = new PlacementOptions(0.04, 12, 6_000, 42);

    /** Rejects what is out of range. */
    public PlacementOptions {
        if (!(lengthDiscount >= 0 && lengthDiscount < 1)) {
            throw new IllegalArgumentException("the length discount must be in [0, 1), got " + lengthDiscount);
        }
        if (restarts < 1 || stepsPerMachine < 1) {
            throw new IllegalArgumentException(
                    "restarts and steps must be at least 1, got " + restarts + " and " + stepsPerMachine);
        }
    }

    /** With another discount. */
    public PlacementOptions withLengthDiscount(double discount) {
        return new PlacementOptions(discount, restarts, stepsPerMachine, seed);
    }

    /** With another seed. */
    public PlacementOptions withSeed(long other) {
        return new PlacementOptions(lengthDiscount, restarts, stepsPerMachine, other);
    }
}
