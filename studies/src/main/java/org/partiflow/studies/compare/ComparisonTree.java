package org.partiflow.studies.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.plan.ServingGroup;

/** A comparison as plain values, keys in the order of {@code comparison/1}. Stateless and thread-safe. */
public final class ComparisonTree {
    /** The format's name and version. */
    public static final String FORMAT = "comparison/1";

    private ComparisonTree() {}

    /** The whole comparison; figures that a plan does not have are {@code null}. */
    public static Map<String, Object> of(PlanComparison comparison) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("partiflow", FORMAT);
        root.put("first", comparison.first().name());
        root.put("second", comparison.second().name());
        root.putAll(difference(comparison.difference()));
        root.put("predicted", metrics(comparison.predicted()));
        Map<String, Object> simulated = new LinkedHashMap<>();
        simulated.put("offeredRequestsPerSecond", comparison.offeredRequestsPerSecond());
        simulated.put("requests", comparison.firstRun().report().requests().arrived());
        simulated.putAll(metrics(comparison.simulated()));
        root.put("simulated", simulated);
        return root;
    }

    /** What differs: keys {@code same}, {@code groups} and {@code routes}. */
    public static Map<String, Object> difference(PlanDifference difference) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("same", difference.isEmpty());
        root.put(
                "groups",
                difference.groups().stream().map(ComparisonTree::group).toList());
        List<Map<String, Object>> routes = new ArrayList<>();
        for (RouteChange route : difference.routes()) {
            Map<String, Object> node = new LinkedHashMap<>();
            node.put("first", route.first());
            node.put("second", route.second());
            node.put("firstRequestsPerSecond", route.firstRequestsPerSecond());
            node.put("secondRequestsPerSecond", route.secondRequestsPerSecond());
            routes.add(node);
        }
        root.put("routes", routes);
        return root;
    }

    private static Map<String, Object> group(GroupChange change) {
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("kind", change.kind().name().toLowerCase(Locale.ROOT));
        node.put("first", change.first().map(ServingGroup::id).orElse(""));
        node.put("second", change.second().map(ServingGroup::id).orElse(""));
        node.put(
                "gpus",
                change.second().or(change::first).orElseThrow().stages().stream()
                        .flatMap(stage -> stage.gpus().stream())
                        .toList());
        Map<String, Object> differences = new LinkedHashMap<>();
        change.differences()
                .forEach(difference ->
                        differences.put(difference.property(), List.of(difference.first(), difference.second())));
        node.put("differences", differences);
        return node;
    }

    private static Map<String, Object> metrics(List<Metric> metrics) {
        Map<String, Object> node = new LinkedHashMap<>();
        for (Metric metric : metrics) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            values.put("first", finite(metric.first()));
            values.put("second", finite(metric.second()));
            values.put("change", finite(metric.change()));
            node.put(metric.key(), values);
        }
        return node;
    }

    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
