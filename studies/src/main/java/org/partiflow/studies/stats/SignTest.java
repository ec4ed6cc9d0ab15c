package org.partiflow.studies.stats;

/** The sign test: are gains as frequent as losses? Stateless and thread-safe. */
public final class SignTest {
    private SignTest() {}

    /** Exact two-sided p value of a fair coin; ties are left out. 1 without any. O(wins + losses). */
    public static double pValue(long wins, long losses) {
        long n = wins + losses;
        long fewer = Math.min(wins, losses);
        double logTerm = -n * StrictMath.log(2);
        double sum = 0;
        for (long k = 0; k <= fewer; k++) {
            sum += StrictMath.exp(logTerm);
            logTerm += StrictMath.log((double) (n - k) / (k + 1));
        }
        return Math.min(1, 2 * sum);
    }
}
