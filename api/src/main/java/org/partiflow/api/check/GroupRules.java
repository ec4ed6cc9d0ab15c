package org.partiflow.api.check;

import java.util.ArrayList;
import java.util.List;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.cost.CostModel;
import org.partiflow.api.cost.GroupEvaluator;
import org.partiflow.api.cost.GroupPerformance;
import org.partiflow.api.cost.KvTraffic;
import org.partiflow.api.plan.ServingGroup;

/** Memory suffices, and capacity, latency, weights and KV capacity are what the cost model gives. */
final class GroupRules {
    private final GroupEvaluator evaluator;
    private final CheckTolerance tolerance;
    private final List<Violation> violations = new ArrayList<>();

    private GroupRules(GroupEvaluator evaluator, CheckTolerance tolerance) {
        this.evaluator = evaluator;
        this.tolerance = tolerance;
    }

    static List<Violation> violations(
            PlanningProblem problem, CostModel costModel, CheckedGroups groups, CheckTolerance tolerance) {
        GroupRules rules = new GroupRules(new GroupEvaluator(problem, costModel), tolerance);
        groups.byId()
                .values()
                .forEach(group -> rules.check(
                        group, java.util.Objects.requireNonNull(groups.stages().get(group.id()))));
        return rules.violations;
    }

    private void check(ServingGroup group, List<KvTraffic.Holder> stages) {
        GroupPerformance actual = evaluator.evaluate(group.phase(), stages, group.batch());
        long needed = evaluator.kvNeededTokens(group.phase(), stages.size(), group.batch());
        if (actual.kvCapacityTokens() < needed) {
            add(
                    "memory",
                    group,
                    "weights and activations leave room for " + actual.kvCapacityTokens() + " tokens of KV cache; "
                            + "a batch of " + group.batch() + " needs " + needed);
        }
        if (group.batch() > evaluator.maxBatch(group.phase(), stages.size())) {
            add(
                    "batch",
                    group,
                    "batch " + group.batch() + " is above the limit "
                            + evaluator.maxBatch(group.phase(), stages.size()));
        }
        compare("capacity", group, group.capacityRequestsPerSecond(), actual.capacityRequestsPerSecond());
        compare("latency", group, group.latencySeconds(), actual.latencySeconds());
        compare("kv-capacity", group, group.kvCapacityTokens(), actual.kvCapacityTokens());
        for (int i = 0; i < actual.weightBytesPerGpu().size(); i++) {
            compare(
                    "weights",
                    group,
                    group.weightBytesPerGpu().get(i),
                    actual.weightBytesPerGpu().get(i));
        }
    }

    private void compare(String rule, ServingGroup group, double stated, double actual) {
        if (!tolerance.same(stated, actual)) {
            add(rule, group, "is stated as " + stated + ", recomputed as " + actual);
        }
    }

    private void add(String rule, ServingGroup group, String message) {
        violations.add(new Violation(rule, group.id(), message));
    }
}
