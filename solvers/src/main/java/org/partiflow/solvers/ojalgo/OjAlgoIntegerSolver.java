package org.partiflow.solvers.ojalgo;

import java.util.Optional;
import org.ojalgo.optimisation.Expression;
import org.ojalgo.optimisation.ExpressionsBasedModel;
import org.ojalgo.optimisation.Optimisation;
import org.ojalgo.optimisation.Variable;
import org.partiflow.solvers.lp.IntegerSolver;
import org.partiflow.solvers.lp.PackingLp;

/** Branch and bound by ojAlgo: pure Java, for small programs. Stateless and thread-safe. */
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
    public double[] maximise(PackingLp program, boolean[] integer) {
        ExpressionsBasedModel model = new ExpressionsBasedModel();
        Expression[] rows = new Expression[program.rows()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = model.newExpression("row" + i).upper(program.limit(i));
        }
        Variable[] columns = new Variable[program.columns()];
        for (int j = 0; j < columns.length; j++) {
            Variable column = model.newVariable("column" + j).lower(0).weight(program.value(j));
            column.integer(integer[j]);
            if (program.upper(j) < Double.POSITIVE_INFINITY) {
                column.upper(program.upper(j));
            }
            int[] in = program.rowsOf(j);
            double[] coefficients = program.coefficientsOf(j);
            for (int k = 0; k < in.length; k++) {
                rows[in[k]].set(column, coefficients[k]);
            }
            columns[j] = column;
        }
        Optimisation.Result result = model.maximise();
        if (!result.getState().isOptimal()) {
            throw new IllegalStateException("ojAlgo ended with state " + result.getState());
        }
        double[] x = new double[columns.length];
        for (int j = 0; j < x.length; j++) {
            x[j] = result.doubleValue(j);
        }
        return x;
    }
}
