package org.partiflow.studies.words;

import org.partiflow.api.joint.JointPlan;
import org.partiflow.api.plan.ServingGroup;

/** A plan for several models in words. Stateless. */
public final class JointPlanWords {
    private static final double PROVEN = 1e-9;

    private JointPlanWords() {}

    /** Number of GPUs that serve a model. */
    public static int gpus(JointPlan.Part part) {
        return part.plan().groups().stream().mapToInt(ServingGroup::gpuCount).sum();
    }

    /** Whether the required rates are served, as a sentence without its full stop. */
    public static String share(JointPlan plan) {
        String share = Numbers.percent(plan.servedShare());
        return plan.servedShare() >= 1 - PROVEN
                ? "every model is served at least " + share + " of its required rate"
                : "the required rates cannot all be served: every model gets at least " + share + " of its own";
    }

    /** What the bound proves, as a sentence without its full stop. */
    public static String certificate(JointPlan plan) {
        JointPlan.Certificate certificate = plan.certificate();
        String bound = "no division serves more than " + Numbers.percent(certificate.upperBoundServedShare())
                + " of every rate";
        String within = certificate.gap() <= PROVEN
                ? "this plan does"
                : "this plan is within " + Numbers.percent(certificate.gap()) + " of that";
        return bound + " (" + space(certificate.covers()) + "); " + within;
    }

    private static String space(String covers) {
        return switch (covers) {
            case "patterns" -> "of plans with groups that the strategy search builds, whatever their KV links";
            case "compute" -> "of any plans, from compute alone and every model by itself";
            default -> covers;
        };
    }
}
