package org.partiflow.costmodel;

import java.util.Arrays;
import org.partiflow.api.model.FeedForward;

/**
 * Chances that a token visits each routed expert of a layer, and how they fall on the GPUs of a stage. Immutable and
 * thread-safe.
 *
 * <p>A token draws its experts one after the other in proportion to their popularity, without replacement. With
 * exponential waiting times of rate {@code w} for each expert the ones drawn are the first to arrive, so the chance of one
 * is the integral over its arrival of the chance that fewer than {@code active} others came before: a Poisson-binomial
 * distribution, by dynamic programming from both ends. The integral over the logarithm of time converges geometrically
 * under the trapezoidal rule.
 */
final class ExpertVisits {
    /** No routed experts. */
    static final ExpertVisits NONE = new ExpertVisits(new double[0], 0, ExpertRouting.UNIFORM);

    private static final double STEP = 0.125;
    private static final double EARLIEST = -30;
    private static final double LATEST = 4;

    /** Chances, the most popular expert first; they add up to {@link #active}. */
    private final double[] chances;

    private final int active;
    private final ExpertRouting routing;

    private ExpertVisits(double[] chances, int active, ExpertRouting routing) {
        this.chances = chances;
        this.active = active;
        this.routing = routing;
    }

    /** The visits of a mixture of experts. O(experts x active^2) for a skew above 0. */
    static ExpertVisits of(FeedForward.Experts experts, ExpertRouting routing) {
        double[] chances = new double[experts.count()];
        if (routing.skew() == 0 || experts.active() == experts.count()) {
            Arrays.fill(chances, (double) experts.active() / experts.count());
        } else {
            integrate(chances, experts.active(), routing.skew());
        }
        return new ExpertVisits(chances, experts.active(), routing);
    }

    /** The chance that a token visits the expert of this rank in popularity, 0 being the most popular. */
    double chance(int rank) {
        return chances[rank];
    }

    /**
     * What the busiest of {@code degree} GPUs sees. Whole experts go from the most popular down to the GPU with the least
     * load that has room: an even placement, which an engine that does not balance misses. Where the GPUs do not divide the
     * experts these are cut by columns.
     */
    VisitedExperts on(int degree) {
        boolean whole = routing.placed() && chances.length % degree == 0;
        int ranks = whole ? degree : 1;
        if (routing.skew() == 0) {
            return VisitedExperts.uniform(chances.length, active, ranks, whole);
        }
        int room = chances.length / ranks;
        double[][] held = new double[ranks][room];
        int[] filled = new int[ranks];
        double[] load = new double[ranks];
        for (double chance : chances) {
            int to = -1;
            for (int rank = 0; rank < ranks; rank++) {
                if (filled[rank] < room && (to < 0 || load[rank] < load[to])) {
                    to = rank;
                }
            }
            held[to][filled[to]++] = chance;
            load[to] += chance;
        }
        return VisitedExperts.of(held, Arrays.stream(load).max().orElse(0), whole);
    }

    private static void integrate(double[] chances, int active, double skew) {
        int n = chances.length;
        double[] rates = new double[n];
        for (int i = 0; i < n; i++) {
            rates[i] = Math.pow(i + 1, -skew);
        }
        double[][] after = new double[n + 1][active];
        double end = LATEST - Math.log(rates[n - 1]);
        for (double u = EARLIEST; u <= end; u += STEP) {
            double time = Math.exp(u);
            setAfter(after, rates, time);
            double[] before = new double[active];
            before[0] = 1;
            for (int i = 0; i < n; i++) {
                chances[i] += STEP * rates[i] * time * Math.exp(-rates[i] * time) * fewer(before, after[i + 1]);
                arrive(before, before, rates[i] * time);
            }
        }
        double sum = Arrays.stream(chances).sum();
        for (int i = 0; i < n; i++) {
            chances[i] = Math.min(1, chances[i] * active / sum);
        }
    }

    /** Row {@code i}: distribution of the number, up to active - 1, of experts from {@code i} on that have arrived. */
    private static void setAfter(double[][] after, double[] rates, double time) {
        int n = rates.length;
        Arrays.fill(after[n], 0);
        after[n][0] = 1;
        for (int i = n - 1; i >= 0; i--) {
            arrive(after[i + 1], after[i], rates[i] * time);
        }
    }

    /** Adds one expert that has arrived with the chance {@code 1 - exp(-waited)}; {@code from} may be {@code to}. */
    private static void arrive(double[] from, double[] to, double waited) {
        double absent = Math.exp(-waited);
        double present = -Math.expm1(-waited);
        for (int count = to.length - 1; count > 0; count--) {
            to[count] = from[count] * absent + from[count - 1] * present;
        }
        to[0] = from[0] * absent;
    }

    /** Chance that both counts together stay below their length. */
    private static double fewer(double[] before, double[] after) {
        double chance = 0;
        double upTo = 0;
        for (int count = before.length - 1, others = 0; count >= 0; count--, others++) {
            upTo += after[others];
            chance += before[count] * upTo;
        }
        return chance;
    }
}
