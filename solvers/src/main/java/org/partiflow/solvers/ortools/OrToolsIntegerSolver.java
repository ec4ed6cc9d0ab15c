package org.partiflow.solvers.ortools;

import com.google.ortools.linearsolver.MPConstraint;
import com.google.ortools.linearsolver.MPSolver;
import com.google.ortools.linearsolver.MPSolverParameters;
import com.google.ortools.linearsolver.MPVariable;
import java.util.Optional;
import org.partiflow.api.spi.BackendUnavailableException;
import org.partiflow.solvers.lp.IntegerSolver;
import org.partiflow.solvers.lp.PackingLp;

/** SCIP through OR-Tools, one thread, to a relative gap of 1e-9. Stateless and thread-safe. */
public final class OrToolsIntegerSolver implements IntegerSolver {
    private static final double GAP = 1e-9;

    @Override
    public String name() {
        return "ortools";
    }

    @Override
    public Optional<String> unavailable() {
        return OrToolsLoader.unavailable();
    }

    @Override
    public Optional<double[]> maximise(PackingLp program, boolean[] integer) {
        unavailable().ifPresent(reason -> {
            throw new BackendUnavailableException("'" + name() + "' is not available: " + reason);
        });
        MPSolver solver = MPSolver.createSolver("SCIP");
        if (solver == null) {
            throw new BackendUnavailableException("this build of OR-Tools has no SCIP; use 'ojalgo'");
        }
        try {
            return maximise(solver, program, integer);
        } finally {
            solver.delete();
        }
    }

    private static Optional<double[]> maximise(MPSolver solver, PackingLp program, boolean[] integer) {
        MPConstraint[] rows = new MPConstraint[program.rows()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = solver.makeConstraint(Double.NEGATIVE_INFINITY, program.limit(i), "");
        }
        MPVariable[] columns = new MPVariable[program.columns()];
        solver.objective().setMaximization();
        for (int j = 0; j < columns.length; j++) {
            columns[j] = solver.makeVar(0, program.upper(j), integer[j], "");
            solver.objective().setCoefficient(columns[j], program.value(j));
            int[] in = program.rowsOf(j);
            double[] coefficients = program.coefficientsOf(j);
            for (int k = 0; k < in.length; k++) {
                rows[in[k]].setCoefficient(columns[j], coefficients[k]);
            }
        }
        try (ParametersHandle parameters = new ParametersHandle()) {
            MPSolver.ResultStatus status = solver.solve(parameters.value);
            if (status != MPSolver.ResultStatus.OPTIMAL) {
                return Optional.empty();
            }
        }
        double[] x = new double[columns.length];
        for (int j = 0; j < x.length; j++) {
            x[j] = columns[j].solutionValue();
        }
        return Optional.of(x);
    }

    /** Frees the native parameters. */
    private static final class ParametersHandle implements AutoCloseable {
        final MPSolverParameters value = new MPSolverParameters();

        ParametersHandle() {
            value.setDoubleParam(MPSolverParameters.DoubleParam.RELATIVE_MIP_GAP, GAP);
        }

        @Override
        public void close() {
            value.delete();
        }
    }
}
