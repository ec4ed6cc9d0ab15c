package org.partiflow.api.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.TargetEngine;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.cluster.LinkKind;
import org.partiflow.api.cost.KvProtocol;
import org.partiflow.api.cost.KvProtocol.Encoding;
import org.partiflow.api.plan.Route;
import org.partiflow.api.plan.ServingGroup;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.plan.Stage;

/**
 * Whether the engine that {@link org.partiflow.api.ServingOptions#engine} names can run a plan. Groups must be made of GPUs
 * of the cluster. O(GPUs + routes). Stateless and thread-safe.
 */
public final class DeploymentRules {
    private static final String RULE = "engine";

    private DeploymentRules() {}

    /** Every group and route that the engine cannot run; empty if it can run all, and for {@link TargetEngine#ANY}. */
    public static List<Violation> violations(PlanningProblem problem, ServingPlan plan) {
        return violations(problem.serving().engine(), problem, plan);
    }

    /** Every group and route that an engine cannot run, whatever engine the problem names. */
    public static List<Violation> violations(TargetEngine engine, PlanningProblem problem, ServingPlan plan) {
        List<Violation> violations = new ArrayList<>();
        for (ServingGroup group : plan.groups()) {
            if (engine.needsOneDegree()) {
                requireOne(
                        violations,
                        engine.label(),
                        group,
                        "tensor-parallel degrees",
                        group.stages().stream().map(Stage::degree).toList());
            }
            if (engine.needsEvenGroups()) {
                requireOne(
                        violations,
                        engine.label(),
                        group,
                        "numbers of layers",
                        group.stages().stream().map(Stage::layers).toList());
            }
        }
        if (engine.needsEvenGroups()) {
            violations.addAll(unevenNodes(engine.label(), problem.cluster(), plan));
        }
        Map<String, Integer> degrees = new HashMap<>();
        plan.groups()
                .forEach(group -> degrees.put(group.id(), group.stages().get(0).degree()));
        plan.routes().forEach(route -> checkRoute(violations, engine, problem, degrees, route));
        return violations;
    }

    /**
     * Groups that take different numbers of GPUs from their nodes, which launchers of several nodes cannot start.
     *
     * @param who names the launcher in the messages
     */
    public static List<Violation> unevenNodes(String who, Cluster cluster, ServingPlan plan) {
        List<Violation> violations = new ArrayList<>();
        for (ServingGroup group : plan.groups()) {
            requireOne(violations, who, group, "numbers of GPUs from its nodes", perNode(cluster, group));
        }
        return violations;
    }

    private static void requireOne(
            List<Violation> violations, String who, ServingGroup group, String what, List<Integer> values) {
        if (values.stream().distinct().count() > 1) {
            violations.add(new Violation(
                    RULE, group.id(), "has different " + what + " " + values + ", which " + who + " cannot run"));
        }
    }

    private static List<Integer> perNode(Cluster cluster, ServingGroup group) {
        Map<Integer, Integer> counts = new TreeMap<>();
        for (Stage stage : group.stages()) {
            stage.gpus()
                    .forEach(gpu ->
                            counts.merge(cluster.nodeOf(cluster.findGpu(gpu).orElseThrow()), 1, Integer::sum));
        }
        return List.copyOf(counts.values());
    }

    private static void checkRoute(
            List<Violation> violations,
            TargetEngine engine,
            PlanningProblem problem,
            Map<String, Integer> degrees,
            Route route) {
        String subject = route.from() + "->" + route.to();
        String format = route.protocol().substring(route.protocol().lastIndexOf('/') + 1);
        if (engine.needsStoredEncoding() && !format.equals(storedFormat(problem))) {
            violations.add(new Violation(
                    RULE, subject, "sends caches as " + format + "; " + engine.label() + " sends them as stored"));
        }
        int from = degrees.getOrDefault(route.from(), 0);
        int to = degrees.getOrDefault(route.to(), 0);
        if (engine.needsEqualDegrees() && from != to) {
            violations.add(new Violation(
                    RULE,
                    subject,
                    "joins tensor-parallel degrees " + from + " and " + to + "; " + engine.label()
                            + " needs equal ones"));
        }
    }

    private static String storedFormat(PlanningProblem problem) {
        KvProtocol protocol = problem.serving().kvProtocol();
        KvProtocol stored = new KvProtocol(
                protocol.nvlink(), protocol.pcie(), protocol.network(), protocol.schedule(), Encoding.AS_STORED);
        String name = stored.nameOn(LinkKind.NETWORK, problem.model().kv());
        return name.substring(name.lastIndexOf('/') + 1);
    }
}
