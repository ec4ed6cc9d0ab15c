package org.partiflow.solvers.lp;

/** How a linear program's solution ended. There is no infeasible status: the origin is always feasible. */
public enum LpStatus {
    /** Optimal; {@link PackingCertificate} proves it. */
    OPTIMAL,
    /** The value has no upper limit; the reported point is feasible but means nothing more. */
    UNBOUNDED,
    /** The pivot limit was reached; the reported point is feasible and the prices prove nothing. */
    ITERATION_LIMIT
}
