package org.partiflow.studies.stats;

/**
 * Count, mean and variance of a stream of values, by Welford's method (Technometrics 4, 1962). Constant memory; not
 * thread-safe.
 */
public final class Moments {
    private long count;
    private double mean;
    private double squares;

    /** Empty. */
    public Moments() {}

    /** Takes a value; NaN and infinite ones are left out. */
    public void add(double value) {
        if (!Double.isFinite(value)) {
            return;
        }
        count++;
        double delta = value - mean;
        mean += delta / count;
        squares += delta * (value - mean);
    }

    /** Number of values. */
    public long count() {
        return count;
    }

    /** Mean; NaN without values. */
    public double mean() {
        return count == 0 ? Double.NaN : mean;
    }

    /** Sample standard deviation; 0 for fewer than two values. */
    public double standardDeviation() {
        return count < 2 ? 0 : Math.sqrt(Math.max(0, squares / (count - 1)));
    }

    /** Half the width of the 95 % confidence interval of the mean (Student's t); infinite for fewer than two values. */
    public double halfWidth() {
        return count < 2
                ? Double.POSITIVE_INFINITY
                : StudentT.quantile(0.975, (double) (count - 1)) * standardDeviation() / Math.sqrt((double) count);
    }

    /** Two-sided p value of the mean being zero (one-sample t test); NaN for fewer than two values. */
    public double pValue() {
        if (count < 2) {
            return Double.NaN;
        }
        double error = standardDeviation() / Math.sqrt((double) count);
        if (error == 0) {
            return mean == 0 ? 1 : 0;
        }
        return StudentT.twoSided(mean / error, (double) (count - 1));
    }
}
