package org.partiflow.studies.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.partiflow.api.plan.ServingGroup;
import org.partiflow.studies.words.GroupWords;
import org.partiflow.studies.words.Numbers;

/** A comparison in words. Stateless. */
public final class ComparisonWords {
    private ComparisonWords() {}

    /** What it comes to, in a sentence or two. */
    public static String verdict(PlanComparison comparison) {
        String a = comparison.first().name();
        String b = comparison.second().name();
        if (comparison.difference().isEmpty()) {
            return a + " and " + b + " are the same plan.";
        }
        List<String> parts = new ArrayList<>();
        List<Metric> metrics = new ArrayList<>(comparison.predicted().subList(0, 1));
        comparison.simulated().stream()
                .filter(metric -> metric.label().endsWith("p90")
                        || metric.unit() == Metric.Unit.SHARE
                        || metric.unit() == Metric.Unit.USD)
                .forEach(metrics::add);
        for (Metric metric : metrics) {
            if (metric.verdict() != 0) {
                parts.add(metric.label() + " " + metric.changeInWords()
                        + (metric.verdict() > 0 ? " (better)" : " (worse)"));
            }
        }
        return parts.isEmpty()
                ? a + " and " + b + " differ, but not notably in what they reach."
                : b + " against " + a + ": " + String.join("; ", parts) + ".";
    }

    /** What became of a group, in one line. */
    public static String line(GroupChange change) {
        ServingGroup group = change.second().or(change::first).orElseThrow();
        return switch (change.kind()) {
            case SAME -> group.id() + " is the same";
            case ADDED -> group.id() + " is new: " + words(group);
            case REMOVED -> group.id() + " is gone: " + words(group);
            case CHANGED ->
                change.first().orElseThrow().id() + " -> " + group.id() + ": "
                        + change.differences().stream()
                                .map(difference ->
                                        difference.property() + " " + difference.first() + " -> " + difference.second())
                                .collect(Collectors.joining(", "));
        };
    }

    /** A route's change, in one line. */
    public static String line(RouteChange route) {
        String name = route.first().isEmpty()
                ? "new " + route.second()
                : route.second().isEmpty()
                        ? "gone " + route.first()
                        : route.first().equals(route.second())
                                ? route.first()
                                : route.first() + " -> " + route.second();
        return name + ": " + Numbers.round(route.firstRequestsPerSecond()) + " -> "
                + Numbers.round(route.secondRequestsPerSecond()) + " req/s";
    }

    private static String words(ServingGroup group) {
        return GroupWords.phase(group.phase()) + " on " + GroupWords.places(group) + ", "
                + GroupWords.parallelism(group) + ", " + Numbers.round(group.flowRequestsPerSecond()) + " req/s";
    }
}
