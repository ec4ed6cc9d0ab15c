package org.partiflow.api.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.cluster.SharedLinks;
import org.partiflow.api.cost.KvProtocol;
import org.partiflow.api.cost.KvTraffic;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.plan.Route;
import org.partiflow.api.plan.ServingGroup;
import org.partiflow.api.plan.ServingPlan;

/** Flow is conserved at every group and within the capacities of groups, routes and shared links. */
final class FlowRules {
    private final PlanningProblem problem;
    private final ServingPlan plan;
    private final CheckedGroups groups;
    private final CheckTolerance tolerance;
    private final SharedLinks shared;
    private final double promptTokens;
    private final List<Violation> violations = new ArrayList<>();
    private final Map<Integer, Double> linkLoad = new TreeMap<>();
    private final Map<String, Double> outOrIn = new TreeMap<>();
    private final Map<String, Double> shares = new TreeMap<>();

    private FlowRules(PlanningProblem problem, ServingPlan plan, CheckedGroups groups, CheckTolerance tolerance) {
        this.problem = problem;
        this.plan = plan;
        this.groups = groups;
        this.tolerance = tolerance;
        shared = new SharedLinks(problem.cluster());
        promptTokens = problem.workload().moments().prompt();
    }

    static List<Violation> violations(
            PlanningProblem problem, ServingPlan plan, CheckedGroups groups, CheckTolerance tolerance) {
        FlowRules rules = new FlowRules(problem, plan, groups, tolerance);
        plan.routes().forEach(rules::checkRoute);
        plan.groups().forEach(rules::checkGroup);
        rules.checkLinks();
        return rules.violations;
    }

    private void checkRoute(Route route) {
        String name = route.from() + "->" + route.to();
        ServingGroup from = group(route.from(), Phase.PREFILL, name);
        ServingGroup to = group(route.to(), Phase.DECODE, name);
        if (from == null || to == null) {
            return;
        }
        KvProtocol protocol = problem.serving().kvProtocol();
        KvTraffic traffic = KvTraffic.between(
                problem.model(),
                protocol,
                shared,
                Objects.requireNonNull(groups.stages().get(from.id())),
                Objects.requireNonNull(groups.stages().get(to.id())));
        double capacity = traffic.capacityRequestsPerSecond(shared, protocol, promptTokens);
        if (!tolerance.same(route.capacityRequestsPerSecond(), capacity)) {
            add(
                    "route-capacity",
                    name,
                    "is stated as " + route.capacityRequestsPerSecond() + ", recomputed as " + capacity);
        }
        checkAmount(name, route.flowRequestsPerSecond(), capacity);
        String protocolName =
                protocol.nameOn(traffic.kind(shared), problem.model().kv());
        if (!route.protocol().equals(protocolName)) {
            add("protocol", name, "is stated as '" + route.protocol() + "', recomputed as '" + protocolName + "'");
        }
        for (int i = 0; i < traffic.links().size(); i++) {
            double bytes = route.flowRequestsPerSecond()
                    * promptTokens
                    * traffic.bytesPerToken().get(i);
            linkLoad.merge(traffic.links().get(i), bytes, Double::sum);
        }
        outOrIn.merge(from.id(), route.flowRequestsPerSecond(), Double::sum);
        outOrIn.merge(to.id(), route.flowRequestsPerSecond(), Double::sum);
        shares.merge(from.id(), route.share(), Double::sum);
        double share =
                from.flowRequestsPerSecond() > 0 ? route.flowRequestsPerSecond() / from.flowRequestsPerSecond() : 0;
        if (!tolerance.same(route.share(), share)) {
            add("share", name, "is stated as " + route.share() + ", recomputed as " + share);
        }
    }

    private void checkGroup(ServingGroup group) {
        checkAmount(group.id(), group.flowRequestsPerSecond(), group.capacityRequestsPerSecond());
        if (group.phase() == Phase.COLOCATED) {
            return;
        }
        double routed = outOrIn.getOrDefault(group.id(), 0.0);
        if (!tolerance.same(group.flowRequestsPerSecond(), routed)) {
            add("conservation", group.id(), "its flow is " + group.flowRequestsPerSecond() + ", its routes' " + routed);
        }
        if (group.phase() == Phase.PREFILL
                && group.flowRequestsPerSecond() > 0
                && !tolerance.same(shares.getOrDefault(group.id(), 0.0), 1)) {
            add("share", group.id(), "the shares of its routes sum to " + shares.get(group.id()));
        }
    }

    private void checkLinks() {
        linkLoad.forEach((link, load) -> {
            double capacity =
                    KvTraffic.effectiveBytesPerSecond(shared, problem.serving().kvProtocol(), link);
            if (!tolerance.atMost(load, capacity)) {
                add("shared-link", shared.id(link), "carries " + load + " B/s of " + capacity + " B/s");
            }
        });
    }

    private void checkAmount(String name, double flow, double capacity) {
        if (!(flow >= 0) || !tolerance.atMost(flow, capacity)) {
            add("flow", name, "carries " + flow + " requests/s of " + capacity);
        }
    }

    private @Nullable ServingGroup group(String id, Phase phase, String route) {
        ServingGroup group = groups.byId().get(id);
        if (group == null || group.phase() != phase) {
            add("route", route, "'" + id + "' is no " + phase + " group of the plan");
            return null;
        }
        return group;
    }

    private void add(String rule, String subject, String message) {
        violations.add(new Violation(rule, subject, message));
    }
}
