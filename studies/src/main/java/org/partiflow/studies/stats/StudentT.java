package org.partiflow.studies.stats;

/**
 * Student's t distribution, through the regularised incomplete beta function and its continued fraction (modified Lentz;
 * Numerical Recipes, section 6.4). About nine correct digits. Stateless and thread-safe.
 */
public final class StudentT {
    private static final int MOST_TERMS = 10_000;
    private static final double PRECISION = 1e-14;
    private static final double TINY = 1e-300;
    private static final int BISECTIONS = 200;
    private static final double[] LANCZOS = {
        76.18009172947146,
        -86.50532032941677,
        24.01409824083091,
        -1.231739572450155,
        1.208650973866179e-3,
        -5.395239384953e-6
    };

    private StudentT() {}

    /** Probability that |T| exceeds |t|. */
    public static double twoSided(double t, double degrees) {
        if (Double.isInfinite(t)) {
            return 0;
        }
        return incompleteBeta(degrees / 2, 0.5, degrees / (degrees + t * t));
    }

    /** The t below which T falls with probability {@code p} in (0.5, 1). */
    public static double quantile(double p, double degrees) {
        double tail = 2 * (1 - p);
        double low = 0;
        double high = 1;
        while (twoSided(high, degrees) > tail) {
            high *= 2;
        }
        for (int i = 0; i < BISECTIONS && high - low > PRECISION * high; i++) {
            double middle = (low + high) / 2;
            if (twoSided(middle, degrees) > tail) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    static double incompleteBeta(double a, double b, double x) {
        if (x <= 0 || x >= 1) {
            return x <= 0 ? 0 : 1;
        }
        double front = StrictMath.exp(
                logGamma(a + b) - logGamma(a) - logGamma(b) + a * StrictMath.log(x) + b * StrictMath.log(1 - x));
        return x < (a + 1) / (a + b + 2) ? front * fraction(a, b, x) / a : 1 - front * fraction(b, a, 1 - x) / b;
    }

    private static double fraction(double a, double b, double x) {
        double c = 1;
        double d = inverse(1 - (a + b) * x / (a + 1));
        double result = d;
        for (int m = 1; m <= MOST_TERMS; m++) {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = inverse(1 + even * d);
            c = away(1 + even / c);
            result *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = inverse(1 + odd * d);
            c = away(1 + odd / c);
            double step = d * c;
            result *= step;
            if (Math.abs(step - 1) < PRECISION) {
                break;
            }
        }
        return result;
    }

    private static double inverse(double value) {
        return 1 / away(value);
    }

    private static double away(double value) {
        return Math.abs(value) < TINY ? TINY : value;
    }

    /** Lanczos' approximation, for arguments above zero. */
    private static double logGamma(double x) {
        double shifted = x + 5.5;
        double sum = 1.000000000190015;
        for (int i = 0; i < LANCZOS.length; i++) {
            sum += LANCZOS[i] / (x + 1 + i);
        }
        return (x + 0.5) * StrictMath.log(shifted) - shifted + StrictMath.log(2.506628274631000 * sum / x);
    }
}
