package org.partiflow.solvers.lp;

/**
 * Relative tolerances of a linear program's certificate. Each is compared with the sum of the absolute terms of the row,
 * column or objective that it concerns, so multiplying units by a constant changes nothing.
 *
 * @param primal allowed excess of a row over its limit or of a variable over its bounds; dimensionless, in [0, 1)
 * @param dual allowed positive reduced value of a column; dimensionless, in [0, 1)
 * @param gap allowed difference between the primal and the dual value; dimensionless, in [0, 1)
 */
public record LpTolerance(double primal, double dual, double gap) {
    /** {@code 1e-7} each: two digits above what the simplex aims at. */
    public static final LpTolerance DEFAULT = new LpTolerance(1e-7, 1e-7, 1e-7);

    /** Checks the ranges. */
    public LpTolerance {
        requireFraction("primal", primal);
        requireFraction("dual", dual);
        requireFraction("gap", gap);
    }

    private static void requireFraction(String name, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(name + " tolerance must be in [0, 1), got " + value);
        }
    }
}
