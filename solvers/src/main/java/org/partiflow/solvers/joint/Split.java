package org.partiflow.solvers.joint;

import java.util.List;
import org.partiflow.api.joint.JointPlan;

/**
 * Disjoint GPUs for every tenant, and what they come to. Immutable.
 *
 * @param parts the plans of the tenants on the whole cluster, caches of all within the shared links
 * @param servedShare least served share
 * @param sum sum of the served shares: decides among equals
 */
record Split(List<JointPlan.Part> parts, double servedShare, double sum) {
    private static final double SAME = 1e-9;

    Split {
        parts = List.copyOf(parts);
    }

    static Split of(List<JointPlan.Part> parts) {
        return new Split(
                parts,
                JointPlan.leastShare(parts),
                parts.stream().mapToDouble(JointPlan.Part::servedShare).sum());
    }

    boolean isBetterThan(Split other) {
        if (Math.abs(servedShare - other.servedShare) > SAME * Math.max(servedShare, other.servedShare)) {
            return servedShare > other.servedShare;
        }
        return sum > other.sum * (1 + SAME);
    }
}
