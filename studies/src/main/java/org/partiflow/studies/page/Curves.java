package org.partiflow.studies.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.partiflow.studies.charts.LineChart;
import org.partiflow.studies.charts.Scale;
import org.partiflow.studies.charts.Series;
import org.partiflow.studies.markup.Element;
import org.partiflow.studies.markup.Node;
import org.partiflow.studies.report.Page;
import org.partiflow.studies.results.Findings;
import org.partiflow.studies.results.Means;
import org.partiflow.studies.study.Axis;
import org.partiflow.studies.study.Grid;
import org.partiflow.studies.study.LinkScaling;
import org.partiflow.studies.study.Load;
import org.partiflow.studies.study.Metric;
import org.partiflow.studies.study.Question;
import org.partiflow.studies.study.Study;
import org.partiflow.studies.words.Numbers;

/**
 * Curves of the drawn problem for the values that a question compares: attainment against SLO scale and against rate,
 * latency distributions, sweeps over links, and throughput against evaluations. Not thread-safe.
 */
final class Curves {
    private static final int MOST_SERIES = 16;

    private final Findings findings;
    private final Study study;
    private final Question question;
    private final Grid grid;

    private Curves(Findings findings, Question question) {
        this.findings = findings;
        study = findings.study();
        this.question = question;
        grid = study.grid(question.grid());
    }

    /** The charts that say something about the question's metric; an empty block if none does. */
    static Node of(Findings findings, Question question) {
        Curves curves = new Curves(findings, question);
        List<Node> charts = new ArrayList<>();
        String metric = question.metric().name();
        if (!question.compare().ofVariant()) {
            return Page.block("charts");
        }
        if (question.compare() == Axis.LINK) {
            charts.addAll(curves.sweeps());
        }
        if (metric.equals("attainment") || metric.equals("deadlineScale")) {
            curves.scales().ifPresent(charts::add);
            curves.rates().ifPresent(charts::add);
        }
        if (metric.startsWith("e2e") || metric.startsWith("ttft")) {
            for (String latency : List.of("ttft", "tpot", "e2e")) {
                curves.distribution(latency).ifPresent(charts::add);
            }
        }
        if (metric.equals("plannedRequestsPerSecond")) {
            curves.convergence().ifPresent(charts::add);
        }
        if (charts.isEmpty()) {
            return Page.block("charts");
        }
        Study.Example drawn = findings.study().drawn();
        String caption = "Curves for " + drawn.model() + " on " + drawn.cluster() + " under " + drawn.workload()
                + (curves.fixedText().isEmpty() ? "" : ", " + curves.fixedText()) + "; means over the seeds.";
        return Page.block(
                "",
                Element.text("p", caption).with("class", "caption"),
                Page.block("charts").add(charts));
    }

    /** The variant of each compared value: other axes as the question says, or as the baseline, or the first. */
    private Map<String, Means> compared(Map<Axis, String> more) {
        Map<String, Means> compared = new LinkedHashMap<>();
        for (String value : grid.of(question.compare())) {
            List<String> variant = new ArrayList<>();
            for (Axis axis : Axis.values()) {
                if (axis.ofVariant()) {
                    String fixed = more.getOrDefault(axis, fixed(axis));
                    variant.add(axis == question.compare() && !more.containsKey(axis) ? value : fixed);
                }
            }
            Means means = findings.drawn().get(new Findings.VariantKey(grid.name(), variant));
            if (means != null && compared.size() < MOST_SERIES) {
                compared.put(value, means);
            }
        }
        return compared;
    }

    private String fixed(Axis axis) {
        List<String> where = question.where().getOrDefault(axis, List.of());
        return where.isEmpty()
                ? question.baseline().getOrDefault(axis, grid.of(axis).get(0))
                : where.get(0);
    }

    private String fixedText() {
        List<String> parts = new ArrayList<>();
        for (Axis axis : grid.varied()) {
            if (axis.ofVariant() && axis != question.compare()) {
                parts.add(axis.label() + " " + fixed(axis));
            }
        }
        return String.join(", ", parts);
    }

    private Optional<Node> scales() {
        List<Series> series = new ArrayList<>();
        compared(Map.of()).forEach((value, means) -> {
            List<Series.Point> points = new ArrayList<>();
            for (double scale : study.settings().sloScales()) {
                String name = Metric.ATTAINMENT_AT + plain(scale);
                point(points, scale, means, name);
            }
            series.add(new Series(value, points));
        });
        List<Double> scales = study.settings().sloScales();
        if (scales.size() < 2) {
            return Optional.empty();
        }
        Scale x = Scale.logarithmic(scales.get(0), scales.get(scales.size() - 1));
        return drawn("SLO attainment against SLO scale", "factor on the workload's targets", "attainment", x, series);
    }

    private Optional<Node> rates() {
        Map<String, List<Series.Point>> lines = new LinkedHashMap<>();
        List<String> loads = grid.of(Axis.LOAD).stream()
                .filter(load -> Load.parse(load).kind() == Load.Kind.SHARE)
                .toList();
        if (loads.size() < 2 || question.compare() == Axis.LOAD) {
            return Optional.empty();
        }
        double most = 0;
        for (String load : loads) {
            double share = Load.parse(load).share() * 100;
            most = Math.max(most, share);
            compared(Map.of(Axis.LOAD, load))
                    .forEach((value, means) ->
                            point(lines.computeIfAbsent(value, v -> new ArrayList<>()), share, means, "attainment"));
        }
        List<Series> series = new ArrayList<>();
        lines.forEach((value, points) -> series.add(new Series(value, points)));
        return drawn(
                "SLO attainment against rate",
                "rate, % of the reference plan's throughput",
                "attainment",
                Scale.fromZero(most, Numbers::brief),
                series);
    }

    private Optional<Node> distribution(String latency) {
        List<Series> series = new ArrayList<>();
        double[] most = {0};
        compared(Map.of()).forEach((value, means) -> {
            List<Series.Point> points = new ArrayList<>();
            for (int i = 0; i <= 20; i++) {
                double seconds = means.mean("cdf:" + latency + "@" + plain(i / 20.0));
                if (Double.isFinite(seconds)) {
                    points.add(new Series.Point(seconds, i / 20.0, 0));
                    most[0] = i < 20 ? Math.max(most[0], seconds) : most[0];
                }
            }
            List<Series.Point> shown = points.size() > 1 ? points.subList(0, points.size() - 1) : points;
            series.add(new Series(value, shown));
        });
        String name = latency.equals("e2e") ? "End-to-end latency" : latency.toUpperCase(java.util.Locale.ROOT);
        return most[0] == 0
                ? Optional.empty()
                : drawn(
                        name + ", distribution",
                        "seconds, to the 95 % quantile",
                        "share",
                        Scale.fromZero(most[0], Numbers::brief),
                        series);
    }

    /** Shares of the bandwidth and caps on it are different questions: a chart each, the links as they are first. */
    private List<Node> sweeps() {
        List<String> links = grid.of(Axis.LINK);
        List<Node> charts = new ArrayList<>();
        for (boolean capped : new boolean[] {false, true}) {
            List<String> shown = links.stream()
                    .filter(link -> LinkScaling.parse(link).isCap() == capped
                            || LinkScaling.parse(link).isNeutral())
                    .toList();
            if (shown.size() > 1) {
                charts.add(sweep(shown, capped ? "caps on the links" : "shares of the links' bandwidth"));
            }
        }
        return charts;
    }

    private Node sweep(List<String> links, String varied) {
        List<String> plans = grid.of(Axis.PLAN);
        String metric = question.metric().name();
        List<Series> series = new ArrayList<>();
        double most = 0;
        for (String plan : plans) {
            Map<String, Means> along = compared(Map.of(Axis.PLAN, plan));
            List<Series.Point> points = new ArrayList<>();
            for (int i = 0; i < links.size(); i++) {
                Means means = along.get(links.get(i));
                if (means != null) {
                    point(points, i, means, metric);
                    most = Double.isFinite(means.mean(metric)) ? Math.max(most, means.mean(metric)) : most;
                }
            }
            series.add(new Series(plan, points));
        }
        return new LineChart(
                        "Sweep over " + varied + ": " + question.metric().title(),
                        "bandwidth between nodes",
                        question.metric().unit(),
                        Scale.names(links.stream()
                                .map(link -> link.replace("Gbit/s", "G"))
                                .toList()),
                        Scale.fromZero(most * 1.05, Numbers::brief),
                        series)
                .draw();
    }

    private Optional<Node> convergence() {
        List<Long> checkpoints = study.settings().checkpoints();
        if (checkpoints.size() < 2) {
            return Optional.empty();
        }
        List<Series> series = new ArrayList<>();
        double[] most = {0};
        compared(Map.of()).forEach((value, means) -> {
            List<Series.Point> points = new ArrayList<>();
            for (long checkpoint : checkpoints) {
                String name = Metric.PLANNED_AT + checkpoint;
                point(points, (double) checkpoint, means, name);
                most[0] = Double.isFinite(means.mean(name)) ? Math.max(most[0], means.mean(name)) : most[0];
            }
            series.add(new Series(value, points));
        });
        return most[0] == 0
                ? Optional.empty()
                : Optional.of(new LineChart(
                                "Best plan so far",
                                "candidates evaluated",
                                "req/s",
                                Scale.logarithmic(
                                        (double) checkpoints.get(0), (double) checkpoints.get(checkpoints.size() - 1)),
                                Scale.fromZero(most[0], Numbers::brief),
                                series)
                        .draw());
    }

    private static void point(List<Series.Point> points, double x, Means means, String metric) {
        double mean = means.mean(metric);
        if (Double.isFinite(mean)) {
            points.add(new Series.Point(x, mean, means.count(metric) > 1 ? means.halfWidth(metric) : 0));
        }
    }

    private static Optional<Node> drawn(String title, String xTitle, String yTitle, Scale x, List<Series> series) {
        boolean empty = series.stream().allMatch(line -> line.points().isEmpty());
        Scale y = Scale.fromZero(1, share -> Math.round(share * 100) + " %");
        return empty ? Optional.empty() : Optional.of(new LineChart(title, xTitle, yTitle, x, y, series).draw());
    }

    private static String plain(double value) {
        String text = String.format(java.util.Locale.ROOT, "%.4f", value);
        return text.replaceAll("0+$", "").replaceAll("\\.$", "");
    }
}
