package org.partiflow.simulator;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;

/**
 * The mean of a latency in the steady state with its 95 % confidence interval, by the method of batch means (Law and
 * Kelton, Simulation Modeling and Analysis): the requests after the warm-up are cut into 20 consecutive batches whose means
 * are taken as independent. The warm-up ends where the standard error of what follows is least (MSER-5, White 1997), at the
 * middle at the latest. Immutable.
 *
 * @param mean mean over the requests that were counted
 * @param halfWidth half the width of the interval; infinite for fewer than two values per batch
 * @param warmUp requests that were left out as warm-up
 * @param count requests that were counted
 */
public record ConfidenceInterval(double mean, double halfWidth, int warmUp, int count) {
    /** Probability that an interval holds the true mean. */
    static final double LEVEL = 0.95;

    private static final int BATCHES = 20;
    private static final int GROUP = 5;
    /** 97.5 % quantile of Student's t distribution with 19 degrees of freedom. */
    private static final double QUANTILE = 2.093;

    /**
     * Of one value per request, in the order of arrival; requests whose value is NaN are left out.
     *
     * @param records the requests of a run
     * @param value for example {@code records::endToEndSeconds}
     * @throws IllegalArgumentException if no request has a value
     */
    public static ConfidenceInterval of(RequestRecords records, IntToDoubleFunction value) {
        return find(records, value).orElseThrow(() -> new IllegalArgumentException("no request has this value"));
    }

    /** The same; empty if no request has a value. */
    static Optional<ConfidenceInterval> find(RequestRecords records, IntToDoubleFunction value) {
        double[] known = known(records, value, 0);
        return known.length == 0 ? Optional.empty() : Optional.of(of(known, warmUp(known)));
    }

    /** Half width of the interval of the mean over all requests from {@code first} on; infinite if they are too few. */
    static double halfWidth(RequestRecords records, IntToDoubleFunction value, int first) {
        double[] known = known(records, value, first);
        return known.length == 0 ? Double.POSITIVE_INFINITY : of(known, 0).halfWidth();
    }

    private static double[] known(RequestRecords records, IntToDoubleFunction value, int first) {
        double[] known = new double[Math.max(0, records.size() - first)]; // a stopped run may not reach the first
        int size = 0;
        for (int i = first; i < records.size(); i++) {
            double each = value.applyAsDouble(i);
            if (!Double.isNaN(each)) {
                known[size++] = each;
            }
        }
        return Arrays.copyOf(known, size);
    }

    /** Whether a value lies within the interval. */
    public boolean contains(double value) {
        return Math.abs(value - mean) <= halfWidth;
    }

    private static ConfidenceInterval of(double[] values, int warmUp) {
        int count = values.length - warmUp;
        int each = count / BATCHES;
        double mean = Arrays.stream(values, warmUp, values.length).average().orElseThrow();
        if (each < 2) {
            return new ConfidenceInterval(mean, Double.POSITIVE_INFINITY, warmUp, count);
        }
        double squares = 0;
        for (int batch = 0; batch < BATCHES; batch++) {
            int from = warmUp + batch * each;
            double deviation =
                    Arrays.stream(values, from, from + each).average().orElseThrow() - mean;
            squares += deviation * deviation;
        }
        double error = Math.sqrt(squares / (BATCHES - 1) / BATCHES);
        return new ConfidenceInterval(mean, QUANTILE * error, warmUp, count);
    }

    /** MSER-5: over the means of groups of five, from the end backwards. */
    private static int warmUp(double[] values) {
        int groups = values.length / GROUP;
        double sum = 0;
        double squares = 0;
        double least = Double.POSITIVE_INFINITY;
        int best = 0;
        for (int first = groups - 1; first >= 0; first--) {
            double mean = 0;
            for (int i = first * GROUP; i < (first + 1) * GROUP; i++) {
                mean += values[i] / GROUP;
            }
            sum += mean;
            squares += mean * mean;
            double left = groups - first;
            double error = (squares - sum * sum / left) / (left * left);
            if (first <= groups / 2 && error <= least) {
                least = error;
                best = first;
            }
        }
        return best * GROUP;
    }
}
