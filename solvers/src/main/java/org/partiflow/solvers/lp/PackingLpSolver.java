package org.partiflow.solvers.lp;

/**
 * Solves a {@link PackingLp} that grows by columns: {@link #addColumn} after a {@link #solve} keeps the basis, so the next
 * solve starts from the last optimum, which stays feasible. Revised primal simplex for bounded variables with an explicit
 * basis inverse (Dantzig 1963; Bland 1977, doi:10.1287/moor.2.2.103, as fallback against cycling; Harris 1973,
 * doi:10.1007/BF01580108, for the ratio test). Deterministic: ties go to the lowest index.
 *
 * <p>Memory O(rows^2 + coefficients); a pivot costs O(rows^2 + coefficients). Meant for up to some hundred rows and some
 * thousand columns. Not thread-safe: one thread, one solver.
 */
public final class PackingLpSolver {
    private final double[] limits;
    private final SparseColumns columns;
    private final BoundedSimplex simplex;
    private LpScaling scaling;
    private int loaded;

    /** Starts from the origin of a program. */
    public PackingLpSolver(PackingLp lp) {
        limits = lp.limits();
        columns = new SparseColumns(lp.sparseColumns());
        simplex = new BoundedSimplex(limits.length);
        scaling = new LpScaling(limits, columns);
    }

    /** Appends a column without upper bound; see {@link #addColumn(double, int[], double[], double)}. */
    public int addColumn(double value, int[] rows, double[] coefficients) {
        return addColumn(value, rows, coefficients, Double.POSITIVE_INFINITY);
    }

    /**
     * Appends a column at 0 and returns its number.
     *
     * @throws IllegalArgumentException as {@link PackingLp.Builder#addColumn(double, int[], double[], double)}
     */
    public int addColumn(double value, int[] rows, double[] coefficients, double upper) {
        return columns.add(limits.length, value, rows, coefficients, upper);
    }

    /** The program as it is now. */
    public PackingLp program() {
        return new PackingLp(limits, new SparseColumns(columns));
    }

    /** Maximises from the current basis. A second call without new columns makes no pivot. */
    public PackingLpSolution solve() {
        load();
        LpStatus status = simplex.maximise();
        return solution(status);
    }

    private void load() {
        if (loaded == columns.count && simplex.loaded()) {
            return;
        }
        if (simplex.atOrigin()) {
            scaling = new LpScaling(limits, columns);
            simplex.reset();
            for (int i = 0; i < limits.length; i++) {
                simplex.setLimit(i, limits[i] * scaling.row[i] / scaling.limitUnit);
            }
            loaded = 0;
        } else {
            scaling.scaleColumns(columns, loaded);
        }
        for (int j = loaded; j < columns.count; j++) {
            double factor = scaling.column[j];
            simplex.beginColumn(
                    columns.value[j] * factor / scaling.valueUnit, columns.upper[j] / factor / scaling.limitUnit);
            for (int k = columns.start[j]; k < columns.start[j + 1]; k++) {
                int i = columns.row[k];
                simplex.coefficient(i, columns.coefficient[k] * factor * scaling.row[i]);
            }
        }
        loaded = columns.count;
    }

    private PackingLpSolution solution(LpStatus status) {
        double[] x = new double[columns.count];
        double[] boundPrices = new double[columns.count];
        double[] rowPrices = new double[limits.length];
        for (int i = 0; i < limits.length; i++) {
            rowPrices[i] = simplex.rowPrice(i) * scaling.row[i] * scaling.valueUnit;
        }
        double value = 0;
        for (int j = 0; j < columns.count; j++) {
            x[j] = Math.min(columns.upper[j], simplex.value(j) * scaling.column[j] * scaling.limitUnit);
            value += columns.value[j] * x[j];
            if (simplex.isAtUpper(j)) {
                boundPrices[j] = Math.max(0, reduced(j, rowPrices));
            }
        }
        return new PackingLpSolution(status, value, x, rowPrices, boundPrices, simplex.takePivots());
    }

    private double reduced(int column, double[] prices) {
        double reduced = columns.value[column];
        for (int k = columns.start[column]; k < columns.start[column + 1]; k++) {
            reduced -= columns.coefficient[k] * prices[columns.row[k]];
        }
        return reduced;
    }
}
