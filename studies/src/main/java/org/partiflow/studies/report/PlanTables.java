package org.partiflow.studies.report;

import java.util.ArrayList;
import java.util.List;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.plan.Route;
import org.partiflow.api.plan.ServingGroup;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.studies.markup.Node;
import org.partiflow.studies.words.GroupWords;
import org.partiflow.studies.words.Numbers;

/** The plan's groups and routes, figure by figure. Stateless. */
final class PlanTables {
    private static final List<String> GROUPS = List.of(
            "Group",
            "Phase",
            "GPUs",
            "Where",
            "TPxPP",
            "Layers",
            "Batch",
            "Capacity req/s",
            "Flow req/s",
            "Used",
            "Latency",
            "KV tokens");
    private static final List<String> ROUTES =
            List.of("From", "To", "Flow req/s", "Capacity req/s", "Share", "Protocol");

    private PlanTables() {}

    static Node groups(Cluster cluster, ServingPlan plan, Palette palette) {
        List<List<Node>> rows = new ArrayList<>();
        for (ServingGroup group : plan.groups()) {
            rows.add(List.of(
                    chip(group.id(), palette),
                    Page.text(GroupWords.phase(group.phase())),
                    Page.text(GroupWords.types(cluster, group)),
                    Page.text(GroupWords.places(group)),
                    Page.text(GroupWords.parallelism(group)),
                    Page.text(GroupWords.layers(group)),
                    Page.text(Numbers.count(group.batch())),
                    Page.text(Numbers.round(group.capacityRequestsPerSecond())),
                    Page.text(Numbers.round(group.flowRequestsPerSecond())),
                    Page.text(Numbers.percent(GroupWords.utilisation(group))),
                    Page.text(Numbers.seconds(group.latencySeconds())),
                    Page.text(Numbers.count(group.kvCapacityTokens()))));
        }
        return Page.table(GROUPS, "<<<<<<>>>>>>", rows);
    }

    static Node routes(ServingPlan plan, Palette palette) {
        List<List<Node>> rows = new ArrayList<>();
        for (Route route : plan.routes()) {
            rows.add(List.of(
                    chip(route.from(), palette),
                    chip(route.to(), palette),
                    Page.text(Numbers.round(route.flowRequestsPerSecond())),
                    Page.text(Numbers.round(route.capacityRequestsPerSecond())),
                    Page.text(Numbers.percent(route.share())),
                    Page.text(route.protocol())));
        }
        return Page.table(ROUTES, "<<>>><", rows);
    }

    private static Node chip(String group, Palette palette) {
        return Page.span("chip k-" + palette.of(group), group);
    }
}
