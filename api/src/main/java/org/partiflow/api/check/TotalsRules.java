package org.partiflow.api.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.plan.ServingGroup;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.plan.Stage;
import org.partiflow.api.workload.LengthMoments;

/** Throughput, price, bound and gap follow from groups and routes. */
final class TotalsRules {
    private final CheckTolerance tolerance;
    private final List<Violation> violations = new ArrayList<>();

    private TotalsRules(CheckTolerance tolerance) {
        this.tolerance = tolerance;
    }

    static List<Violation> violations(PlanningProblem problem, ServingPlan plan, CheckTolerance tolerance) {
        TotalsRules rules = new TotalsRules(tolerance);
        double requests = plan.groups().stream()
                .filter(group -> group.phase() != Phase.DECODE)
                .mapToDouble(ServingGroup::flowRequestsPerSecond)
                .sum();
        rules.checkThroughput(problem.workload().moments(), plan.throughput(), requests);
        rules.checkCost(problem.cluster(), plan);
        rules.checkCertificate(plan, requests);
        return rules.violations;
    }

    private void checkThroughput(LengthMoments lengths, ServingPlan.Throughput stated, double requests) {
        compare("throughput", "requestsPerSecond", stated.requestsPerSecond(), requests);
        compare("throughput", "outputTokensPerSecond", stated.outputTokensPerSecond(), requests * lengths.output());
        compare(
                "throughput",
                "totalTokensPerSecond",
                stated.totalTokensPerSecond(),
                requests * (lengths.prompt() + lengths.output()));
    }

    private void checkCost(Cluster cluster, ServingPlan plan) {
        double perHour = 0;
        for (ServingGroup group : plan.groups()) {
            for (Stage stage : group.stages()) {
                for (String gpu : stage.gpus()) {
                    int node = cluster.nodeOf(cluster.findGpu(gpu).orElseThrow());
                    perHour += cluster.node(node).pricePerGpuHourUsd();
                }
            }
        }
        compare("cost", "usdPerHour", plan.cost().usdPerHour(), perHour);
        double tokens = plan.throughput().outputTokensPerSecond();
        double perMillion = tokens > 0 ? perHour / 3600 / tokens * 1e6 : 0;
        compare("cost", "usdPerMillionOutputTokens", plan.cost().usdPerMillionOutputTokens(), perMillion);
    }

    private void checkCertificate(ServingPlan plan, double requests) {
        double bound = plan.certificate().upperBoundRequestsPerSecond();
        if (!tolerance.atMost(requests, bound)) {
            violations.add(new Violation("bound", "certificate", "the plan reaches " + requests + ", above " + bound));
        }
        compare("gap", "certificate", plan.certificate().gap(), bound > 0 ? Math.max(0, 1 - requests / bound) : 0);
        checkLeastCost(plan);
        Set<String> known = new HashSet<>();
        plan.groups().forEach(group -> known.add(group.id()));
        plan.routes().forEach(route -> known.add(route.from() + "->" + route.to()));
        for (String id : plan.certificate().minCut()) {
            // Shared links are named link:ID; routes without flow are not listed in the plan but may limit it.
            if (!known.contains(id) && !id.startsWith("link:") && !id.contains("->")) {
                violations.add(new Violation("min-cut", id, "is no group or route of the plan"));
            }
        }
    }

    private void checkLeastCost(ServingPlan plan) {
        ServingPlan.LeastCost least = plan.certificate().leastCost();
        if (least == null) {
            return;
        }
        double price = plan.cost().usdPerHour();
        if (!tolerance.atMost(least.lowerBoundUsdPerHour(), price)) {
            violations.add(new Violation(
                    "bound",
                    "certificate",
                    "the plan costs " + price + " USD/h, below the bound of " + least.lowerBoundUsdPerHour()));
        }
        double gap = price > 0 ? Math.max(0, 1 - least.lowerBoundUsdPerHour() / price) : 0;
        compare("gap", "costGap", least.costGap(), gap);
    }

    private void compare(String rule, String subject, double stated, double actual) {
        if (!tolerance.same(stated, actual)) {
            violations.add(new Violation(rule, subject, "is stated as " + stated + ", recomputed as " + actual));
        }
    }
}
