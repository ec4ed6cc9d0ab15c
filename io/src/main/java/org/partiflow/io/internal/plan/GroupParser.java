package org.partiflow.io.internal.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.plan.Route;
import org.partiflow.api.plan.ServingGroup;
import org.partiflow.api.plan.Stage;
import org.partiflow.io.internal.tree.FieldReader;
import org.partiflow.io.internal.tree.NearestName;

/** Reads the groups and routes of a plan. One file only. */
final class GroupParser {
    private static final double MAX = Double.MAX_VALUE;
    private static final int MAX_LAYER = 1_000_000;
    private static final Map<String, Phase> PHASES = phases();

    private final List<ServingGroup> groups = new ArrayList<>();
    private final List<Route> routes = new ArrayList<>();
    private final Map<String, String> pathOfGroup = new HashMap<>();

    GroupParser(FieldReader root) {
        for (FieldReader fields : root.requiredObjects("groups")) {
            ServingGroup group = group(fields);
            if (group != null) {
                groups.add(group);
            }
        }
        for (FieldReader fields : root.requiredObjects("routes")) {
            routes.add(route(fields));
        }
    }

    List<ServingGroup> groups() {
        return groups;
    }

    List<Route> routes() {
        return routes;
    }

    private @org.jspecify.annotations.Nullable ServingGroup group(FieldReader fields) {
        String id = fields.text("id");
        String previous = pathOfGroup.putIfAbsent(id, fields.path());
        if (previous != null) {
            fields.problem("id", "group id '" + id + "' is already used at " + previous + "; choose another");
        }
        Optional<Phase> phase = fields.choice("phase", PHASES);
        List<Stage> stages = new ArrayList<>();
        for (FieldReader stage : fields.requiredObjects("stages")) {
            stages.add(new Stage(
                    stage.requiredTexts("gpus"),
                    stage.integer("firstLayer", 0, MAX_LAYER),
                    stage.integer("lastLayer", 0, MAX_LAYER)));
            stage.rejectUnknown();
        }
        int batch = fields.integer("batch", 0, Integer.MAX_VALUE);
        double capacity = fields.number("capacityRequestsPerSecond", 0, MAX);
        double flow = fields.number("flowRequestsPerSecond", 0, MAX);
        double latency = fields.number("latencySeconds", 0, MAX);
        List<Double> weights = fields.numbers("weightBytesPerGpu", 0, MAX);
        long kv = fields.longInteger("kvCapacityTokens", 0, Long.MAX_VALUE);
        return fields.build(
                () -> new ServingGroup(id, phase.orElseThrow(), stages, batch, capacity, flow, latency, weights, kv));
    }

    private Route route(FieldReader fields) {
        Route route = new Route(
                existing(fields, "from"),
                existing(fields, "to"),
                fields.number("flowRequestsPerSecond", 0, MAX),
                fields.number("capacityRequestsPerSecond", 0, MAX),
                fields.number("share", 0, 2),
                fields.text("protocol"));
        fields.rejectUnknown();
        return route;
    }

    private String existing(FieldReader fields, String field) {
        boolean given = fields.has(field);
        String id = fields.text(field);
        if (given && !pathOfGroup.containsKey(id)) {
            List<String> ids = groups.stream().map(ServingGroup::id).toList();
            fields.problem(
                    field,
                    () -> "there is no group '" + id + "'" + NearestName.suggestion(id, ids)
                            + "; name one of the groups of this plan");
        }
        return id;
    }

    private static Map<String, Phase> phases() {
        Map<String, Phase> phases = new LinkedHashMap<>();
        for (Phase phase : Phase.values()) {
            phases.put(phase.name(), phase);
        }
        return phases;
    }
}
