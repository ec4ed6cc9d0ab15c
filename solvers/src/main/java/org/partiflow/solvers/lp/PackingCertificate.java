package org.partiflow.solvers.lp;

import java.util.ArrayList;
import java.util.List;

/**
 * Proves a linear program's optimum by weak duality, whatever solver made it: x is feasible, the prices are feasible for
 * the dual, and both values are equal, so neither can be improved. O(rows + coefficients). Stateless and thread-safe.
 */
public final class PackingCertificate {
    private PackingCertificate() {}

    /** Everything that is wrong with {@code solution} as an optimum of {@code lp}; empty if it is proven optimal. */
    public static List<String> violations(PackingLp lp, PackingLpSolution solution, LpTolerance tolerance) {
        List<String> violations = new ArrayList<>();
        if (solution.status() != LpStatus.OPTIMAL) {
            violations.add("the status is " + solution.status());
            return violations;
        }
        if (solution.x().length != lp.columns()
                || solution.boundPrices().length != lp.columns()
                || solution.rowPrices().length != lp.rows()) {
            violations.add("the solution has another size than the program");
            return violations;
        }
        checkPrimal(lp, solution, tolerance, violations);
        checkDual(lp, solution, tolerance, violations);
        checkGap(lp, solution, tolerance, violations);
        return violations;
    }

    private static void checkPrimal(PackingLp lp, PackingLpSolution s, LpTolerance tolerance, List<String> out) {
        double[] used = new double[lp.rows()];
        double[] terms = new double[lp.rows()];
        SparseColumns columns = lp.sparseColumns();
        for (int j = 0; j < lp.columns(); j++) {
            double x = s.x()[j];
            if (!(x >= 0 && x <= lp.upper(j) * (1 + tolerance.primal()))) {
                out.add("column " + j + " is " + x + ", not in [0, " + lp.upper(j) + "]");
            }
            for (int k = columns.start[j]; k < columns.start[j + 1]; k++) {
                used[columns.row[k]] += columns.coefficient[k] * x;
                terms[columns.row[k]] += Math.abs(columns.coefficient[k] * x);
            }
        }
        for (int i = 0; i < lp.rows(); i++) {
            if (!(used[i] - lp.limit(i) <= tolerance.primal() * (terms[i] + lp.limit(i)))) {
                out.add("row " + i + " uses " + used[i] + " of " + lp.limit(i));
            }
        }
    }

    private static void checkDual(PackingLp lp, PackingLpSolution s, LpTolerance tolerance, List<String> out) {
        for (int i = 0; i < lp.rows(); i++) {
            if (!(s.rowPrices()[i] >= 0)) {
                out.add("row " + i + " has the price " + s.rowPrices()[i]);
            }
        }
        SparseColumns columns = lp.sparseColumns();
        for (int j = 0; j < lp.columns(); j++) {
            double bound = s.boundPrices()[j];
            if (!(bound >= 0) || (bound > 0 && Double.isInfinite(lp.upper(j)))) {
                out.add("column " + j + " has the bound price " + bound);
            }
            double reduced = lp.value(j) - bound;
            double terms = Math.abs(lp.value(j)) + Math.abs(bound);
            for (int k = columns.start[j]; k < columns.start[j + 1]; k++) {
                double term = columns.coefficient[k] * s.rowPrices()[columns.row[k]];
                reduced -= term;
                terms += Math.abs(term);
            }
            if (!(reduced <= tolerance.dual() * terms)) {
                out.add("column " + j + " would still gain " + reduced + " per unit");
            }
        }
    }

    private static void checkGap(PackingLp lp, PackingLpSolution s, LpTolerance tolerance, List<String> out) {
        double primal = 0;
        double dual = 0;
        double terms = 0;
        for (int j = 0; j < lp.columns(); j++) {
            primal += lp.value(j) * s.x()[j];
            terms += Math.abs(lp.value(j) * s.x()[j]);
            if (s.boundPrices()[j] > 0) {
                dual += lp.upper(j) * s.boundPrices()[j];
            }
        }
        for (int i = 0; i < lp.rows(); i++) {
            dual += lp.limit(i) * s.rowPrices()[i];
        }
        terms += Math.abs(dual);
        if (!(Math.abs(primal - dual) <= tolerance.gap() * terms)) {
            out.add("the value is " + primal + " but the prices bound it by " + dual);
        }
        if (!(Math.abs(primal - s.value()) <= tolerance.gap() * terms)) {
            out.add("the value is reported as " + s.value() + " but is " + primal);
        }
    }
}
