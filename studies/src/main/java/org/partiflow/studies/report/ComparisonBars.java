package org.partiflow.studies.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.studies.markup.Element;
import org.partiflow.studies.markup.Node;
import org.partiflow.studies.markup.Svg;
import org.partiflow.studies.words.Numbers;

/** This plan beside its alternatives and the upper bound. */
final class ComparisonBars {
    private record Row(String name, double value, String look) {}

    private ComparisonBars() {}

    static Node of(ServingPlan plan) {
        double value = plan.throughput().requestsPerSecond();
        List<Row> rows = new ArrayList<>();
        plan.alternatives().forEach(a -> rows.add(new Row(a.name(), a.requestsPerSecond(), "other")));
        rows.sort(Comparator.comparingDouble(Row::value).reversed());
        rows.add(0, new Row("this plan", value, "chosen"));
        rows.add(0, new Row("upper bound", plan.certificate().upperBoundRequestsPerSecond(), "bound"));
        double most = rows.stream()
                .mapToDouble(Row::value)
                .filter(Double::isFinite)
                .max()
                .orElse(1);
        Element list = Page.block("bars");
        for (Row row : rows) {
            double width = most > 0 && Double.isFinite(row.value()) ? row.value() / most * 100 : 100;
            Element bar = Svg.picture(100, 10, row.name() + ": " + Numbers.round(row.value()) + " requests per second")
                    .with("preserveAspectRatio", "none")
                    .with("class", "bar");
            bar.add(Svg.rect(0, 0, width, 10, 0, row.look()));
            list.add(Page.block(
                    "bar-row",
                    Page.span("bar-name " + row.look(), row.name()),
                    bar,
                    Page.span("bar-value", Numbers.round(row.value()) + relative(row, value))));
        }
        return list;
    }

    private static String relative(Row row, double value) {
        if (!row.look().equals("other") || !(value > 0)) {
            return "";
        }
        return " (" + Math.round((row.value() / value - 1) * 100) + " %)";
    }
}
