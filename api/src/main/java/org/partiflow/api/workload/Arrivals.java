package org.partiflow.api.workload;

import java.util.List;

/**
 * When requests arrive.
 *
 * @param process kind of arrival process
 * @param ratePerSecond mean arrivals per second, above zero
 * @param coefficientOfVariation of the inter-arrival times; used by {@link Process#GAMMA} only
 * @param timesSeconds recorded arrival times, ascending; used by {@link Process#TRACE} only
 */
public record Arrivals(
        Process process, double ratePerSecond, double coefficientOfVariation, List<Double> timesSeconds) {
    /** Kind of arrival process. */
    public enum Process {
        /** Exponential inter-arrival times. */
        POISSON,
        /** Equal inter-arrival times. */
        CONSTANT,
        /** Gamma-distributed inter-arrival times. */
        GAMMA,
        /** Recorded times. */
        TRACE
    }

    /** One request per second, where a workload says nothing about its arrivals. */
    public static final Arrivals UNSTATED = poisson(1);

    /** Rejects rates and coefficients that are not positive, and times that go backwards. */
    public Arrivals {
        timesSeconds = List.copyOf(timesSeconds);
        if (!(ratePerSecond > 0) || Double.isInfinite(ratePerSecond)) {
            throw new IllegalArgumentException("the arrival rate must be above zero, got " + ratePerSecond);
        }
        if (!(coefficientOfVariation > 0) || Double.isInfinite(coefficientOfVariation)) {
            throw new IllegalArgumentException(
                    "the coefficient of variation must be above zero, got " + coefficientOfVariation);
        }
        for (int i = 1; i < timesSeconds.size(); i++) {
            if (timesSeconds.get(i) < timesSeconds.get(i - 1)) {
                throw new IllegalArgumentException("arrival times must ascend");
            }
        }
    }

    /** Whether the workload says when its requests arrive: false for {@link #UNSTATED} itself only. */
    @SuppressWarnings("ReferenceEquality") // one a second may well be stated
    public boolean isStated() {
        return this != UNSTATED;
    }

    /** Poisson arrivals. */
    public static Arrivals poisson(double ratePerSecond) {
        return new Arrivals(Process.POISSON, ratePerSecond, 1, List.of());
    }

    /** The same process at another mean rate; recorded times are stretched. */
    public Arrivals withRate(double newRatePerSecond) {
        double stretch = ratePerSecond / newRatePerSecond;
        return new Arrivals(
                process,
                newRatePerSecond,
                coefficientOfVariation,
                timesSeconds.stream().map(t -> t * stretch).toList());
    }
}
