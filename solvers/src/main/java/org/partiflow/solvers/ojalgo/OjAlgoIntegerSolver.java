package org.partiflow.solvers.ojalgo;

import java.util.Optional;
import org.ojalgo.optimisation.Expression;
import org.ojalgo.optimisation.ExpressionsBasedModel;
import org.ojalgo.optimisation.Optimisation;
import org.ojalgo.optimisation.Variable;
import org.partiflow.solvers.lp.IntegerSolver;
import org.partiflow.solvers.lp.PackingLp;

/**
 * Branch and bound by ojAlgo: pure Java, for small programs. Columns, rows and the objective get units near one, since
 * ojAlgo compares with absolute tolerances. Stateless and thread-safe.
 */
public final class OjAlgoIntegerSolver implements IntegerSolver {
    @Override
    public String name() {
        return "ojalgo";
    }

    @Override
    public Optional<String> unavailable() {
        return Optional.empty();
    }

    @Override
    public Optional<double[]> maximise(PackingLp program, boolean[] integer) {
        double[] unit = units(program, integer);
        ExpressionsBasedModel model = new ExpressionsBasedModel();
        double[] rowUnit = rowUnits(program, unit);
        Expression[] rows = new Expression[program.rows()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = model.newExpression("row" + i).upper(program.limit(i) / rowUnit[i]);
        }
        double valueUnit = valueUnit(program, unit);
        for (int j = 0; j < unit.length; j++) {
            Variable column = model.newVariable("column" + j).lower(0).weight(program.value(j) * unit[j] / valueUnit);
            column.integer(integer[j]);
            if (program.upper(j) < Double.POSITIVE_INFINITY) {
                column.upper(program.upper(j) / unit[j]);
            }
            int[] in = program.rowsOf(j);
            double[] coefficients = program.coefficientsOf(j);
            for (int k = 0; k < in.length; k++) {
                rows[in[k]].set(column, coefficients[k] * unit[j] / rowUnit[in[k]]);
            }
        }
        Optimisation.Result result = model.maximise();
        if (!result.getState().isOptimal()) {
            return Optional.empty();
        }
        double[] x = new double[unit.length];
        for (int j = 0; j < x.length; j++) {
            x[j] = result.doubleValue(j) * unit[j];
        }
        return Optional.of(x);
    }

    /** Unit of each column: one for integers, else near the upper bound, or near the largest of these where there is none. */
    private static double[] units(PackingLp program, boolean[] integer) {
        double[] unit = new double[program.columns()];
        double largest = 0;
        for (int j = 0; j < unit.length; j++) {
            boolean bounded = program.upper(j) > 0 && program.upper(j) < Double.POSITIVE_INFINITY;
            unit[j] = integer[j] ? 1 : bounded ? powerOfTwo(program.upper(j)) : 0;
            largest = integer[j] ? largest : Math.max(largest, unit[j]);
        }
        for (int j = 0; j < unit.length; j++) {
            unit[j] = unit[j] > 0 ? unit[j] : largest > 0 ? largest : 1;
        }
        return unit;
    }

    /** Largest coefficient of each row, about. */
    private static double[] rowUnits(PackingLp program, double[] unit) {
        double[] most = new double[program.rows()];
        for (int j = 0; j < unit.length; j++) {
            int[] in = program.rowsOf(j);
            double[] coefficients = program.coefficientsOf(j);
            for (int k = 0; k < in.length; k++) {
                most[in[k]] = Math.max(most[in[k]], Math.abs(coefficients[k]) * unit[j]);
            }
        }
        for (int i = 0; i < most.length; i++) {
            most[i] = most[i] > 0 ? powerOfTwo(most[i]) : 1;
        }
        return most;
    }

    private static double valueUnit(PackingLp program, double[] unit) {
        double most = 0;
        for (int j = 0; j < unit.length; j++) {
            most = Math.max(most, Math.abs(program.value(j)) * unit[j]);
        }
        return most > 0 ? powerOfTwo(most) : 1;
    }

    private static double powerOfTwo(double size) {
        return Math.scalb(1.0, Math.getExponent(size));
    }
}
