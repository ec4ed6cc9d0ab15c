package org.partiflow.api.joint;

import java.util.List;
import org.partiflow.api.plan.ServingPlan;

/**
 * A plan for several models that share a cluster, as in {@code joint-plan/1}: one plan for each, on GPUs of its own. The
 * served share of a model is its throughput over its required rate; that of the plan is the least of them, and it is what is
 * maximised. Above 1 it is headroom. A plain carrier: {@code JointPlanChecker} judges it. Immutable.
 *
 * @param parts one per model, in the order in which they were asked for
 * @param servedShare least served share of all models
 * @param certificate how good the plan can be proven to be
 * @param termination why the planner stopped; evaluations of all parts together
 */
public record JointPlan(
        List<Part> parts, double servedShare, Certificate certificate, ServingPlan.Termination termination) {
    /**
     * The plan of one model. GPUs of the other models are among its unused ones.
     *
     * @param requiredRequestsPerSecond rate that it shall serve
     * @param plan its plan on the whole cluster
     */
    public record Part(double requiredRequestsPerSecond, ServingPlan plan) {
        /** Throughput over required rate. */
        public double servedShare() {
            return plan.throughput().requestsPerSecond() / requiredRequestsPerSecond;
        }
    }

    /**
     * How good a joint plan can be proven to be.
     *
     * @param upperBoundServedShare no joint plan of the covered search space serves a greater share of every required rate
     * @param gap 1 - served share / upper bound
     * @param covers the search space that the bound covers
     */
    public record Certificate(double upperBoundServedShare, double gap, String covers) {}

    /** Copies the list. */
    public JointPlan {
        parts = List.copyOf(parts);
    }

    /** The least served share of some parts; 0 for none. */
    public static double leastShare(List<Part> parts) {
        return parts.stream().mapToDouble(Part::servedShare).min().orElse(0);
    }
}
