package org.partiflow.solvers.pattern;

import org.partiflow.solvers.lp.PackingLp;

/**
 * What any row prices prove, whatever solver they come from: by weak duality the program's value is at most
 *
 * <pre>
 * sum over rows of price x limit + sum over columns of most x max(0, value - sum of price x coefficient)
 * </pre>
 *
 * where "most" is the largest value that a column can take: its upper bound, or what the rows without negative entries
 * leave it. Stateless.
 */
final class PriceBound {
    /** Relative: far above the rounding of sums of some thousand doubles. */
    private static final double ROUNDING_SLACK = 1e-9;

    private PriceBound() {}

    static double of(PackingLp lp, double[] rowPrices) {
        boolean[] coupling = new boolean[lp.rows()];
        for (int j = 0; j < lp.columns(); j++) {
            int[] rows = lp.rowsOf(j);
            double[] coefficients = lp.coefficientsOf(j);
            for (int k = 0; k < rows.length; k++) {
                coupling[rows[k]] |= coefficients[k] < 0;
            }
        }
        double bound = 0;
        for (int i = 0; i < lp.rows(); i++) {
            bound += Math.max(0, rowPrices[i]) * lp.limit(i);
        }
        for (int j = 0; j < lp.columns(); j++) {
            int[] rows = lp.rowsOf(j);
            double[] coefficients = lp.coefficientsOf(j);
            double reduced = lp.value(j);
            double most = lp.upper(j);
            for (int k = 0; k < rows.length; k++) {
                reduced -= Math.max(0, rowPrices[rows[k]]) * coefficients[k];
                if (coefficients[k] > 0 && !coupling[rows[k]]) {
                    most = Math.min(most, lp.limit(rows[k]) / coefficients[k]);
                }
            }
            if (reduced > 0) {
                bound += reduced * most;
            }
        }
        return bound * (1 + ROUNDING_SLACK);
    }
}
