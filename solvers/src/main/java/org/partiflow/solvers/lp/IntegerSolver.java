package org.partiflow.solvers.lp;

import java.util.Optional;

/** Solves a {@link PackingLp} with some columns restricted to integers. Implementations are stateless and thread-safe. */
public interface IntegerSolver {
    /** Name of the backend. */
    String name();

    /** Why the backend cannot be used here and what would help; empty if it can be used. */
    Optional<String> unavailable();

    /**
     * Maximises; deterministic.
     *
     * @param program the program; its origin is feasible and it is bounded
     * @param integer which columns must be integers
     * @return value of each column at an optimum, within the backend's tolerance; empty if the backend does not reach one,
     *     be it for lack of time or because it errs: the origin is always feasible
     */
    Optional<double[]> maximise(PackingLp program, boolean[] integer);
}
