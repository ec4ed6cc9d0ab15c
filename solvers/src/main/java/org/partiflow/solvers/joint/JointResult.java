package org.partiflow.solvers.joint;

import org.partiflow.api.joint.JointPlan;

/** Outcome of planning for several models. */
public sealed interface JointResult {
    /** A plan was found. */
    record Planned(JointPlan plan) implements JointResult {}

    /**
     * No plan that serves every model exists, or none was found within the limits, which the reason then says.
     *
     * @param reason the tightest constraint, in words
     */
    record Infeasible(String reason) implements JointResult {}
}
