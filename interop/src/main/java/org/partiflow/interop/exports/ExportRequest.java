package org.partiflow.interop.exports;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.plan.Route;
import org.partiflow.api.plan.ServingGroup;
import org.partiflow.api.plan.ServingPlan;

/**
 * What is exported.
 *
 * @param plan the plan; assumed to be valid
 * @param problem what it was made for
 * @param settings names and numbers that a plan does not hold
 */
public record ExportRequest(ServingPlan plan, PlanningProblem problem, ExportSettings settings) {
    /** Groups to which the plan sends nothing: engines that no router would know, so they are not started. */
    List<ServingGroup> idleGroups() {
        Set<String> routed = new HashSet<>();
        for (Route route : plan.routes()) {
            routed.add(route.from());
            routed.add(route.to());
        }
        return plan.groups().stream()
                .filter(group -> group.phase() == Phase.COLOCATED
                        ? group.flowRequestsPerSecond() <= 0
                        : !routed.contains(group.id()))
                .toList();
    }

    /** The same with only those groups that serve something. */
    ExportRequest withoutIdleGroups() {
        List<ServingGroup> idle = idleGroups();
        if (idle.isEmpty()) {
            return this;
        }
        List<ServingGroup> started =
                plan.groups().stream().filter(group -> !idle.contains(group)).toList();
        ServingPlan served = new ServingPlan(
                plan.generator(),
                plan.inputs(),
                started,
                plan.routes(),
                plan.throughput(),
                plan.certificate(),
                plan.unusedGpus(),
                plan.cost(),
                plan.alternatives(),
                plan.termination(),
                plan.warnings());
        return new ExportRequest(served, problem, settings);
    }
}
