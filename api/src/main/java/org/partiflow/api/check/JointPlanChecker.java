package org.partiflow.api.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.cluster.SharedLinks;
import org.partiflow.api.cost.CostModel;
import org.partiflow.api.cost.KvTraffic;
import org.partiflow.api.joint.JointPlan;
import org.partiflow.api.joint.Tenant;
import org.partiflow.api.plan.Route;
import org.partiflow.api.plan.ServingGroup;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.plan.Stage;

/**
 * Checks a plan for several models, whoever made it: every part by {@link PlanChecker}; each GPU in the groups of at most one
 * model; no shared link overloaded by the caches of all models together; served shares, bound and gap follow from the parts.
 * O(sum of the parts). Stateless and thread-safe.
 */
public final class JointPlanChecker {
    private static final String CERTIFICATE = "certificate";

    private JointPlanChecker() {}

    /**
     * Everything that is wrong with {@code plan}; empty if it is valid.
     *
     * @param tenants what the plan is for, in its order
     * @param costModels one per tenant
     */
    public static List<Violation> violations(
            List<Tenant> tenants, List<CostModel> costModels, JointPlan plan, CheckTolerance tolerance) {
        if (plan.parts().size() != tenants.size()) {
            return List.of(new Violation(
                    "parts", "plan", "has " + plan.parts().size() + " parts for " + tenants.size() + " models"));
        }
        List<Violation> violations = new ArrayList<>();
        for (int t = 0; t < tenants.size(); t++) {
            Tenant tenant = tenants.get(t);
            for (Violation found : PlanChecker.violations(
                    tenant.problem(), costModels.get(t), plan.parts().get(t).plan(), tolerance)) {
                violations.add(new Violation(found.rule(), subject(tenants, t, found.subject()), found.message()));
            }
        }
        boolean soundParts = violations.isEmpty();
        checkGpus(tenants, plan, violations);
        if (soundParts) {
            // Loads can be computed only for groups of existing GPUs.
            checkLinks(tenants, plan, tolerance, violations);
        }
        checkShares(tenants, plan, tolerance, violations);
        return violations;
    }

    /** With the default tolerance. */
    public static List<Violation> violations(List<Tenant> tenants, List<CostModel> costModels, JointPlan plan) {
        return violations(tenants, costModels, plan, CheckTolerance.DEFAULT);
    }

    private static void checkGpus(List<Tenant> tenants, JointPlan plan, List<Violation> violations) {
        Map<String, Integer> ownerOf = new HashMap<>();
        for (int t = 0; t < tenants.size(); t++) {
            for (ServingGroup group : plan.parts().get(t).plan().groups()) {
                for (Stage stage : group.stages()) {
                    for (String gpu : stage.gpus()) {
                        Integer other = ownerOf.put(gpu, t);
                        if (other != null && other != t) {
                            violations.add(new Violation(
                                    "gpu", gpu, "serves " + label(tenants, other) + " and " + label(tenants, t)));
                        }
                    }
                }
            }
        }
    }

    private static void checkLinks(
            List<Tenant> tenants, JointPlan plan, CheckTolerance tolerance, List<Violation> violations) {
        SharedLinks shared = new SharedLinks(tenants.get(0).problem().cluster());
        Map<Integer, Double> shareOf = new TreeMap<>();
        for (int t = 0; t < tenants.size(); t++) {
            addLoads(shared, tenants.get(t).problem(), plan.parts().get(t).plan(), shareOf);
        }
        shareOf.forEach((link, share) -> {
            if (!tolerance.atMost(share, 1)) {
                violations.add(new Violation(
                        "shared-link",
                        shared.id(link),
                        "carries " + share + " of its capacity for all models together"));
            }
        });
    }

    private static void addLoads(
            SharedLinks shared, PlanningProblem problem, ServingPlan plan, Map<Integer, Double> shareOf) {
        CheckedGroups groups = CheckedGroups.of(problem.cluster(), plan);
        double prompt = problem.workload().moments().prompt();
        for (Route route : plan.routes()) {
            KvTraffic traffic = KvTraffic.between(
                    problem.model(),
                    problem.serving().kvProtocol(),
                    shared,
                    groups.stages().getOrDefault(route.from(), List.of()),
                    groups.stages().getOrDefault(route.to(), List.of()));
            for (int i = 0; i < traffic.links().size(); i++) {
                int link = traffic.links().get(i);
                double bytes = route.flowRequestsPerSecond()
                        * prompt
                        * traffic.bytesPerToken().get(i);
                double capacity = KvTraffic.effectiveBytesPerSecond(
                        shared, problem.serving().kvProtocol(), link);
                shareOf.merge(link, bytes / capacity, Double::sum);
            }
        }
    }

    private static void checkShares(
            List<Tenant> tenants, JointPlan plan, CheckTolerance tolerance, List<Violation> violations) {
        for (int t = 0; t < tenants.size(); t++) {
            double stated = plan.parts().get(t).requiredRequestsPerSecond();
            double asked = tenants.get(t).requiredRequestsPerSecond();
            if (!tolerance.same(stated, asked)) {
                violations.add(new Violation(
                        "required-rate", label(tenants, t), "is planned for " + stated + " requests/s of " + asked));
            }
        }
        double share = JointPlan.leastShare(plan.parts());
        compare(violations, tolerance, "servedShare", plan.servedShare(), share);
        JointPlan.Certificate certificate = plan.certificate();
        if (!tolerance.atMost(share, certificate.upperBoundServedShare())) {
            violations.add(new Violation(
                    "bound",
                    CERTIFICATE,
                    "the plan serves a share of " + share + ", above " + certificate.upperBoundServedShare()));
        }
        double gap = certificate.upperBoundServedShare() > 0
                ? Math.max(0, 1 - share / certificate.upperBoundServedShare())
                : 0;
        compare(violations, tolerance, "gap", certificate.gap(), gap);
    }

    private static void compare(
            List<Violation> violations, CheckTolerance tolerance, String subject, double stated, double actual) {
        if (!tolerance.same(stated, actual)) {
            violations.add(new Violation(subject, "plan", "is stated as " + stated + ", recomputed as " + actual));
        }
    }

    private static String subject(List<Tenant> tenants, int t, String subject) {
        return tenants.size() == 1 ? subject : label(tenants, t) + ": " + subject;
    }

    /** The model's name, with its place where another has the same. */
    private static String label(List<Tenant> tenants, int t) {
        String name = tenants.get(t).name();
        boolean unique =
                tenants.stream().filter(tenant -> tenant.name().equals(name)).count() == 1;
        return unique ? name : name + " (" + (t + 1) + ")";
    }
}
