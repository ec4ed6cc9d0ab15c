package org.partiflow.interop.exports;

import java.util.ArrayList;
import java.util.List;
import org.partiflow.api.TargetEngine;
import org.partiflow.api.check.DeploymentRules;
import org.partiflow.api.check.Violation;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.plan.ServingGroup;

/** What stands against deploying a plan: what engines cannot run ({@link DeploymentRules}) and pods cannot ask for. Stateless. */
final class Compatibility {
    private Compatibility() {}

    /** What an engine cannot run. */
    static List<String> engine(ExportRequest request, TargetEngine engine) {
        return words(request, DeploymentRules.violations(engine, request.problem(), request.plan()));
    }

    /** What vLLM cannot run, and what Kubernetes objects cannot ask for. */
    static List<String> pods(ExportRequest request) {
        List<String> obstacles = new ArrayList<>(engine(request, TargetEngine.VLLM));
        obstacles.addAll(
                words(request, DeploymentRules.unevenNodes("a set of equal pods", cluster(request), request.plan())));
        obstacles.addAll(oneGpuType(request));
        return obstacles;
    }

    /** Groups that mix GPU types, which one pod template cannot ask for. */
    private static List<String> oneGpuType(ExportRequest request) {
        List<String> obstacles = new ArrayList<>();
        for (ServingGroup group : request.plan().groups()) {
            GroupShape shape = shape(request, group);
            if (shape.isMixed()) {
                obstacles.add("group " + group.id() + " mixes GPU types (" + shape.gpu()
                        + "); its pods can ask for one type only");
            }
        }
        return obstacles;
    }

    private static List<String> words(ExportRequest request, List<Violation> violations) {
        List<String> groups =
                request.plan().groups().stream().map(ServingGroup::id).toList();
        return violations.stream()
                .map(violation -> (groups.contains(violation.subject()) ? "group " : "route ") + violation.subject()
                        + " " + violation.message())
                .toList();
    }

    static GroupShape shape(ExportRequest request, ServingGroup group) {
        return GroupShape.of(group, cluster(request));
    }

    static Cluster cluster(ExportRequest request) {
        return request.problem().cluster();
    }
}
