package org.partiflow.studies.words;

import java.util.ArrayList;
import java.util.List;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.plan.Route;
import org.partiflow.api.plan.ServingGroup;
import org.partiflow.api.plan.ServingPlan;

/** A plan as a few lines: what it serves, a line for each group and route, certificate and bottleneck. Stateless. */
public final class PlanSummary {
    private PlanSummary() {}

    /** The lines, joined; groups and routes in plan order. */
    public static String of(PlanningProblem problem, ServingPlan plan) {
        Cluster cluster = problem.cluster();
        List<String> lines = new ArrayList<>();
        lines.add(problem.model().name() + " on " + cluster.name() + ", workload "
                + problem.workload().name() + ": "
                + Numbers.round(plan.throughput().requestsPerSecond()) + " req/s, "
                + Numbers.round(plan.throughput().outputTokensPerSecond()) + " output tok/s, "
                + Numbers.usd(plan.cost().usdPerHour()) + "/h");
        for (ServingGroup group : plan.groups()) {
            lines.add(group.id() + " " + GroupWords.phase(group.phase()) + " on " + GroupWords.types(cluster, group)
                    + " ("
                    + GroupWords.places(group) + "), TPxPP " + GroupWords.parallelism(group) + ", layers "
                    + GroupWords.layers(group) + ", " + Numbers.round(group.flowRequestsPerSecond()) + " req/s of "
                    + Numbers.round(group.capacityRequestsPerSecond()));
        }
        for (Route route : plan.routes()) {
            lines.add(route.from() + " -> " + route.to() + " " + Numbers.round(route.flowRequestsPerSecond())
                    + " req/s by " + route.protocol());
        }
        lines.add("certificate: " + PlanWords.certificate(plan));
        lines.add("bottleneck: " + PlanWords.bottleneck(plan));
        return String.join("\n", lines);
    }
}
