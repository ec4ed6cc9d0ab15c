package org.partiflow.studies.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.partiflow.studies.charts.Scale;
import org.partiflow.studies.charts.ScatterChart;
import org.partiflow.studies.charts.Series;
import org.partiflow.studies.markup.Node;
import org.partiflow.studies.report.Page;
import org.partiflow.studies.results.Findings;
import org.partiflow.studies.study.Axis;
import org.partiflow.studies.words.Numbers;

/** Cost against latency under the drawn workload, over all clusters and variants. Stateless. */
final class CostLatency {
    private static final String COST = "usdPerMillionOutputTokens";
    private static final String LATENCY = "e2eMean";

    private CostLatency() {}

    static Node of(Findings findings) {
        Map<String, List<Series.Point>> points = new LinkedHashMap<>();
        Map<String, List<String>> notes = new LinkedHashMap<>();
        String workload = findings.study().drawn().workload();
        List<Double> xs = new ArrayList<>();
        List<Double> ys = new ArrayList<>();
        for (Findings.Point point : findings.points()) {
            double cost = point.means().mean(COST);
            double latency = point.means().mean(LATENCY);
            String load = point.variant().variant().get(Axis.LOAD.position() - Axis.SEED.position() - 1);
            boolean shown = point.block().get(Axis.WORKLOAD.position()).equals(workload) && load.endsWith("%");
            if (shown && cost > 0 && latency > 0) {
                String cluster = point.block().get(0);
                points.computeIfAbsent(cluster, c -> new ArrayList<>()).add(new Series.Point(cost, latency, 0));
                notes.computeIfAbsent(cluster, c -> new ArrayList<>())
                        .add(String.join(", ", point.variant().variant()) + ": $" + Numbers.round(cost) + ", "
                                + Numbers.seconds(latency) + ", from cell " + point.firstCell());
                xs.add(cost);
                ys.add(latency);
            }
        }
        if (xs.isEmpty()) {
            return Page.block("");
        }
        List<Series> series = new ArrayList<>();
        points.forEach((cluster, own) -> series.add(new Series(cluster, own)));
        return Page.section(
                "Cost and latency",
                "Every cluster and variant under " + workload
                        + " at a share of the reference plan's throughput: dollars"
                        + " per million output tokens (planned) against mean end-to-end latency (simulated). Less is"
                        + " better in both; the dashed steps are the Pareto front.",
                new ScatterChart(
                                "Dollars per million output tokens against seconds per request",
                                "USD per million output tokens",
                                "mean E2E, s",
                                spread(xs),
                                spread(ys),
                                series,
                                List.copyOf(notes.values()))
                        .draw());
    }

    private static Scale spread(List<Double> values) {
        double least = values.stream().mapToDouble(v -> v).min().orElse(0);
        double most = values.stream().mapToDouble(v -> v).max().orElse(1);
        return Scale.around(least, Math.max(most, least + 1e-3 * most), Numbers::brief);
    }
}
