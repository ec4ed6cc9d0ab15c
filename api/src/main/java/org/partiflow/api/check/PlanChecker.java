package org.partiflow.api.check;

import java.util.ArrayList;
import java.util.List;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.cost.CostModel;
import org.partiflow.api.plan.ServingPlan;

/**
 * Checks a plan against its problem, whoever made it. Every number is recomputed from the inputs, none is believed: GPUs
 * in at most one group; layers tiled exactly once per group; weights, KV cache and activations fit; tensor parallelism
 * is legal for the model; capacities and latencies are those of the cost model; flow is conserved and within the
 * capacities of groups, routes and shared links; totals, prices and the gap follow from the rest; the
 * engine that the plan is for can run it. O(groups squared times
 * GPUs squared per group). Stateless and thread-safe.
 */
public final class PlanChecker {
    private PlanChecker() {}

    /** Everything that is wrong with {@code plan}, with the default tolerance; empty if it is valid. */
    public static List<Violation> violations(PlanningProblem problem, CostModel costModel, ServingPlan plan) {
        return violations(problem, costModel, plan, CheckTolerance.DEFAULT);
    }

    /** Everything that is wrong with {@code plan}; empty if it is valid. */
    public static List<Violation> violations(
            PlanningProblem problem, CostModel costModel, ServingPlan plan, CheckTolerance tolerance) {
        List<Violation> violations = new ArrayList<>(StructureRules.violations(problem, plan));
        if (!violations.isEmpty()) {
            // The other rules need groups of existing GPUs with proper stages.
            return violations;
        }
        CheckedGroups groups = CheckedGroups.of(problem.cluster(), plan);
        violations.addAll(GroupRules.violations(problem, costModel, groups, tolerance));
        violations.addAll(FlowRules.violations(problem, plan, groups, tolerance));
        violations.addAll(TotalsRules.violations(problem, plan, tolerance));
        violations.addAll(DeploymentRules.violations(problem, plan));
        return violations;
    }
}
