package org.partiflow.partitioning.ortools;

import com.google.ortools.Loader;
import com.google.ortools.sat.BoolVar;
import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.CpSolver;
import com.google.ortools.sat.CpSolverStatus;
import com.google.ortools.sat.LinearExpr;
import java.util.Optional;

/**
 * Loads the native library of OR-Tools once per class loader and proves by a tiny model that CP-SAT works, because the
 * loader itself returns normally when it fails. Thread-safe.
 */
final class CpSatLoader {
    private CpSatLoader() {}

    /** Why CP-SAT cannot be used here and what would help; empty if it can be used. */
    static Optional<String> unavailable() {
        return Holder.REASON;
    }

    private static final class Holder {
        static final Optional<String> REASON = load();

        private static Optional<String> load() {
            try {
                Loader.loadNativeLibraries();
                return Smoke.works() ? Optional.empty() : Optional.of(reason("its smoke call gave a wrong answer"));
            } catch (LinkageError | RuntimeException e) {
                return Optional.of(reason(e.toString()));
            }
        }

        private static String reason(String cause) {
            return "the native library of OR-Tools does not load (" + cause + "). Check that the native jar for "
                    + System.getProperty("os.name") + " " + System.getProperty("os.arch")
                    + " is on the class path and that java.io.tmpdir ('" + System.getProperty("java.io.tmpdir")
                    + "') exists, has 70 MB free and is not mounted noexec; or unpack the natives and set"
                    + " -Djava.library.path; or use the partitioner 'exact'";
        }
    }

    /** A class of its own: without OR-Tools on the class path it cannot be linked, which is then caught above. */
    private static final class Smoke {
        static boolean works() {
            CpModel model = new CpModel();
            BoolVar x = model.newBoolVar("x");
            model.maximize(LinearExpr.term(x, 1));
            CpSolver solver = new CpSolver();
            solver.getParameters().setNumWorkers(1);
            return solver.solve(model) == CpSolverStatus.OPTIMAL && solver.value(x) == 1;
        }
    }
}
