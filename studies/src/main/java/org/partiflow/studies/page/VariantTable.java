package org.partiflow.studies.page;

import java.util.ArrayList;
import java.util.List;
import org.partiflow.studies.markup.Element;
import org.partiflow.studies.markup.Node;
import org.partiflow.studies.report.Page;
import org.partiflow.studies.results.Findings;
import org.partiflow.studies.results.Means;
import org.partiflow.studies.study.Axis;
import org.partiflow.studies.study.Grid;
import org.partiflow.studies.study.Metric;
import org.partiflow.studies.study.Study;
import org.partiflow.studies.words.Numbers;

/** Every variant on the drawn problem, with the proven bound above and the worst variant as the floor. Stateless. */
final class VariantTable {
    private static final int MOST_ROWS = 120;
    private static final String RATE = "plannedRequestsPerSecond";
    private static final String BOUND = "upperBoundRequestsPerSecond";

    private VariantTable() {}

    static Node of(Findings findings) {
        Study study = findings.study();
        Study.Example drawn = study.drawn();
        Element section = Page.section(
                "Every variant on " + drawn.cluster() + " under " + drawn.workload(),
                "Means over the seeds with half the 95 % interval, " + drawn.model()
                        + ". The bound is what no plan can beat; the floor is the worst variant of the grid. All other"
                        + " problems are in cells.csv, by cell.");
        for (Grid grid : study.grids()) {
            section.add(Element.of("details", Element.text("summary", "Grid " + grid.name()), table(findings, grid)));
        }
        return section;
    }

    private static Node table(Findings findings, Grid grid) {
        List<Axis> axes = grid.varied().stream().filter(Axis::ofVariant).toList();
        List<Metric> metrics = findings.study().metrics().stream()
                .filter(metric -> !metric.name().equals("evaluations"))
                .toList();
        List<String> head = new ArrayList<>(axes.stream().map(Axis::label).toList());
        head.add("of bound");
        metrics.forEach(metric -> head.add(metric.name() + (metric.unit().isEmpty() ? "" : ", " + metric.unit())));
        head.add("cells");
        double floor = findings.drawn().entrySet().stream()
                .filter(entry -> entry.getKey().grid().equals(grid.name()))
                .mapToDouble(entry -> entry.getValue().mean(RATE))
                .min()
                .orElse(Double.NaN);
        List<List<Node>> rows = new ArrayList<>();
        findings.drawn().forEach((key, means) -> {
            if (key.grid().equals(grid.name()) && rows.size() < MOST_ROWS) {
                rows.add(row(key, means, axes, metrics, floor));
            }
        });
        String alignment = "<".repeat(axes.size()) + ">".repeat(metrics.size() + 1) + "<";
        return Page.table(head, alignment, rows);
    }

    private static List<Node> row(
            Findings.VariantKey key, Means means, List<Axis> axes, List<Metric> metrics, double floor) {
        List<Node> row = new ArrayList<>();
        for (Axis axis : axes) {
            row.add(Page.text(key.variant().get(axis.position() - Axis.SEED.position() - 1)));
        }
        double rate = means.mean(RATE);
        String share = Double.isFinite(rate / means.mean(BOUND)) ? Numbers.percent(rate / means.mean(BOUND)) : "";
        row.add(Page.text(rate == floor ? share + " (floor)" : share));
        for (Metric metric : metrics) {
            double half = means.halfWidth(metric.name());
            double mean = means.mean(metric.name());
            String interval = Double.isFinite(half) && half > 0 ? " \u00b1 " + Numbers.round(half) : "";
            row.add(Page.text(Double.isFinite(mean) ? Numbers.round(mean) + interval : ""));
        }
        row.add(Page.text(means.firstCell() + " to " + means.lastCell()));
        return row;
    }
}
