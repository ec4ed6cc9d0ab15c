package org.partiflow.simulator;

import java.util.Arrays;

/**
 * Whether a replay kept up with its arrivals. The backlog is the number of requests in the system that an arriving
 * request meets; requests that were rejected or lost do not count. In a stable system it fluctuates around a mean, in an
 * overloaded one it grows by the share of the arrivals that is not served. Stateless and thread-safe.
 */
public final class Backlog {
    private static final int PARTS = 4;

    private Backlog() {}

    /**
     * Growth of the backlog per arrival: its mean over the last quarter of the requests less its mean over the third
     * quarter, divided by the number of requests in a quarter. Around 0 in a stable system whose first half was warm-up;
     * {@code 1 - served / offered} in an overloaded one. O(n log n).
     *
     * @param records a replay of at least four requests
     */
    public static double growth(RequestRecords records) {
        int size = records.size();
        if (size < PARTS) {
            throw new IllegalArgumentException("the growth of a backlog needs " + PARTS + " requests, got " + size);
        }
        double[] met = met(records);
        int quarter = size / PARTS;
        double third = mean(met, size - 2 * quarter, size - quarter);
        return (mean(met, size - quarter, size) - third) / quarter;
    }

    /** By request, how many it meets. */
    private static double[] met(RequestRecords records) {
        int size = records.size();
        double[] ends = new double[size];
        for (int i = 0; i < size; i++) {
            double arrival = records.arrivalSeconds(i);
            ends[i] = switch (records.outcome(i)) {
                case COMPLETED -> arrival + records.endToEndSeconds(i);
                case UNFINISHED -> Double.POSITIVE_INFINITY;
                case REJECTED, LOST -> arrival;
            };
        }
        Arrays.sort(ends);
        double[] met = new double[size];
        int gone = 0;
        for (int i = 0; i < size; i++) {
            while (gone < i && ends[gone] <= records.arrivalSeconds(i)) {
                gone++;
            }
            met[i] = i - gone;
        }
        return met;
    }

    private static double mean(double[] values, int from, int to) {
        return Arrays.stream(values, from, to).sum() / (to - from);
    }
}
