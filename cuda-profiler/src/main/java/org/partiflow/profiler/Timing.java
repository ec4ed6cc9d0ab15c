package org.partiflow.profiler;

/**
 * Repeated measurements of one operation, seconds. Immutable.
 *
 * @param medianSeconds median
 * @param p10Seconds tenth percentile
 * @param p90Seconds ninetieth percentile
 * @param samples number of samples, at least 1
 */
public record Timing(double medianSeconds, double p10Seconds, double p90Seconds, int samples) {
    /** Rejects times that are not positive, not finite or not in order. */
    public Timing {
        Require.positive("medianSeconds", medianSeconds);
        Require.positive("p10Seconds", p10Seconds);
        Require.positive("p90Seconds", p90Seconds);
        Require.positive("samples", samples);
        if (p10Seconds > medianSeconds || medianSeconds > p90Seconds) {
            throw new IllegalArgumentException(
                    "percentiles are out of order: " + p10Seconds + ", " + medianSeconds + ", " + p90Seconds);
        }
    }
}
