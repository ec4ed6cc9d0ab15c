package org.partiflow.solvers.placement;

/**
 * The worth of a candidate: first what the objective counts, then what makes further improvement likely.
 *
 * @param primary requests per second, for {@code COST} up to the required rate
 * @param usdPerHour price of the GPUs in use; compared only for {@code COST}
 * @param potential sum of the groups' rates on both sides of the bottleneck
 */
record Score(double primary, double usdPerHour, double potential) implements Comparable<Score> {
    private static final double SAME = 1e-9;

    @Override
    public int compareTo(Score other) {
        if (Math.abs(primary - other.primary) > SAME * Math.max(primary, other.primary)) {
            return Double.compare(primary, other.primary);
        }
        if (Math.abs(usdPerHour - other.usdPerHour) > SAME) {
            return Double.compare(other.usdPerHour, usdPerHour);
        }
        return Math.abs(potential - other.potential) > SAME * Math.max(potential, other.potential)
                ? Double.compare(potential, other.potential)
                : 0;
    }

    boolean isBetterThan(Score other) {
        return compareTo(other) > 0;
    }
}
