package org.partiflow.solvers.lp;

import java.util.Arrays;

/**
 * A linear program with a feasible origin: maximise {@code sum c_j x_j} subject to {@code A x <= b},
 * {@code 0 <= x <= u}, with {@code b >= 0}. A packing program has {@code A >= 0} too, but entries of A and c may have any
 * sign, so that rows such as {@code R - sum a_p x_p <= 0} can couple columns. Immutable and thread-safe.
 */
public final class PackingLp {
    private final double[] limits;
    private final SparseColumns columns;

    PackingLp(double[] limits, SparseColumns columns) {
        this.limits = limits;
        this.columns = columns;
    }

    /**
     * Starts a program with these right-hand sides b, one per row.
     *
     * @throws IllegalArgumentException if a limit is negative or not finite
     */
    public static Builder builder(double... limits) {
        return new Builder(checkedLimits(limits));
    }

    static double[] checkedLimits(double[] limits) {
        for (int i = 0; i < limits.length; i++) {
            if (!(limits[i] >= 0) || Double.isInfinite(limits[i])) {
                throw new IllegalArgumentException("row " + i + " must have a finite limit >= 0, got " + limits[i]);
            }
        }
        return Arrays.copyOf(limits, limits.length);
    }

    /** Number of rows. */
    public int rows() {
        return limits.length;
    }

    /** Number of columns, which are the variables. */
    public int columns() {
        return columns.count;
    }

    /** Right-hand side of a row. */
    public double limit(int row) {
        return limits[row];
    }

    /** Objective value per unit of a column. */
    public double value(int column) {
        return columns.value[column];
    }

    /** Upper bound of a column; may be infinite. */
    public double upper(int column) {
        return columns.upper[column];
    }

    /** The rows in which a column has coefficients. */
    public int[] rowsOf(int column) {
        return Arrays.copyOfRange(columns.row, columns.start[column], columns.start[column + 1]);
    }

    /** The coefficients of a column, in the order of {@link #rowsOf}. */
    public double[] coefficientsOf(int column) {
        return Arrays.copyOfRange(columns.coefficient, columns.start[column], columns.start[column + 1]);
    }

    /** Solves this program from the origin. Deterministic; see {@link PackingLpSolver}. */
    public PackingLpSolution solve() {
        return new PackingLpSolver(this).solve();
    }

    SparseColumns sparseColumns() {
        return columns;
    }

    double[] limits() {
        return limits;
    }

    /** Builds a program column by column. Not thread-safe. */
    public static final class Builder {
        private final double[] limits;
        private final SparseColumns columns = new SparseColumns();

        private Builder(double[] limits) {
            this.limits = limits;
        }

        /** Appends a column without upper bound; see {@link #addColumn(double, int[], double[], double)}. */
        public int addColumn(double value, int[] rows, double[] coefficients) {
            return addColumn(value, rows, coefficients, Double.POSITIVE_INFINITY);
        }

        /**
         * Appends a column and returns its number (0, 1, ...).
         *
         * @param value objective value per unit
         * @param rows rows with coefficients, each at most once
         * @param coefficients coefficients in the order of {@code rows}
         * @param upper upper bound of the variable; may be infinite
         * @throws IllegalArgumentException if a row does not exist or is named twice, or a number is out of range
         */
        public int addColumn(double value, int[] rows, double[] coefficients, double upper) {
            return columns.add(limits.length, value, rows, coefficients, upper);
        }

        /** The program so far. */
        public PackingLp build() {
            return new PackingLp(limits, new SparseColumns(columns));
        }
    }
}
