package org.partiflow.studies.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.partiflow.api.plan.ServingGroup;
import org.partiflow.simulator.SimulationOptions;
import org.partiflow.simulator.SimulationResult;
import org.partiflow.studies.compare.ComparisonRequest;
import org.partiflow.studies.compare.ComparisonWords;
import org.partiflow.studies.compare.GroupChange;
import org.partiflow.studies.compare.Metric;
import org.partiflow.studies.compare.PlanComparison;
import org.partiflow.studies.markup.Element;
import org.partiflow.studies.markup.Node;
import org.partiflow.studies.words.GroupWords;
import org.partiflow.studies.words.Numbers;

/**
 * Writes a comparison of two plans as one HTML file: no script, no network, light and dark. The same comparison gives the
 * same text. Stateless and thread-safe.
 */
public final class ComparisonHtml {
    private ComparisonHtml() {}

    /** The whole document, UTF-8 when it is written to a file. */
    public static String write(PlanComparison comparison) {
        String a = comparison.first().name();
        String b = comparison.second().name();
        Element main = Element.of("main");
        main.add(header(comparison));
        main.add(Page.section("What the plans promise", "Predicted by the cost model.", metrics(comparison, true)));
        main.add(Page.section(
                "What they do in the simulator",
                "Both were given the same "
                        + Numbers.count(
                                comparison.firstRun().report().requests().arrived()) + " requests, "
                        + Numbers.round(comparison.offeredRequestsPerSecond()) + " per second.",
                metrics(comparison, false)));
        main.add(Page.section(
                "What differs", "Groups are held together by their GPUs, not by their names.", groups(comparison)));
        if (!comparison.difference().routes().isEmpty()) {
            Element list = Element.of("ul");
            comparison
                    .difference()
                    .routes()
                    .forEach(route -> list.add(Element.text("li", ComparisonWords.line(route))));
            main.add(Page.section("Routes", "KV routes whose flow differs.", list));
        }
        side(main, a, comparison.first(), comparison.firstRun());
        side(main, b, comparison.second(), comparison.secondRun());
        return Page.document("Partiflow: " + a + " and " + b, Page.style(PlanReportHtml.class, "report.css"), main);
    }

    private static Node header(PlanComparison comparison) {
        Element tiles = Page.block("tiles");
        List<Metric> metrics = new ArrayList<>(comparison.predicted().subList(0, 1));
        comparison.simulated().stream()
                .filter(metric -> metric.label().endsWith("p90") || metric.unit() != Metric.Unit.SECONDS)
                .skip(2)
                .forEach(metrics::add);
        for (Metric metric : metrics) {
            tiles.add(
                    Page.block("tile", Page.span("value", metric.changeInWords()), Page.span("label", metric.label())));
        }
        return Element.of(
                "header",
                Element.text("p", "Partiflow plans compared").with("class", "kicker"),
                Element.text(
                        "h1",
                        comparison.first().name() + " and "
                                + comparison.second().name()),
                Element.text("p", ComparisonWords.verdict(comparison)).with("class", "lead"),
                tiles);
    }

    private static Node metrics(PlanComparison comparison, boolean predicted) {
        List<List<Node>> rows = new ArrayList<>();
        for (Metric metric : predicted ? comparison.predicted() : comparison.simulated()) {
            rows.add(List.of(
                    Page.text(metric.label()),
                    Page.text(metric.words(metric.first())),
                    Page.text(metric.words(metric.second())),
                    Page.text(metric.changeInWords()),
                    Page.text(metric.verdict() > 0 ? "better" : metric.verdict() < 0 ? "worse" : "")));
        }
        return Page.table(
                List.of("", comparison.first().name(), comparison.second().name(), "Change", ""), "<>>><", rows);
    }

    private static Node groups(PlanComparison comparison) {
        Palette first = new Palette(comparison.first().plan().groups());
        Palette second = new Palette(comparison.second().plan().groups());
        List<List<Node>> rows = new ArrayList<>();
        for (GroupChange change : comparison.difference().groups()) {
            rows.add(List.of(
                    chip(change.first(), first),
                    chip(change.second(), second),
                    Page.text(change.kind().name().toLowerCase(Locale.ROOT)),
                    Page.text(
                            GroupWords.places(change.second().or(change::first).orElseThrow())),
                    Page.span("wrap", change.kind() == GroupChange.Kind.SAME ? "" : ComparisonWords.line(change))));
        }
        return Page.table(
                List.of(comparison.first().name(), comparison.second().name(), "", "GPUs", "What"), "<<<<<", rows);
    }

    private static Node chip(Optional<ServingGroup> group, Palette palette) {
        return group.<Node>map(one -> Page.span("chip k-" + palette.of(one.id()), one.id()))
                .orElseGet(() -> Page.text("-"));
    }

    private static void side(Element main, String name, ComparisonRequest.Side side, SimulationResult run) {
        PlanReport report = new PlanReport(side.problem(), side.plan(), Optional.empty());
        Palette palette = new Palette(side.plan().groups());
        main.add(Page.section(
                name + ": groups, flow and latencies",
                "Each box is a GPU in the colour of its group; streams are KV caches on their way from prefill to decode;"
                        + " the curves show the share of completed requests that were at least as fast.",
                new ClusterMap(report, palette).draw(),
                new FlowPicture(report, palette).draw(),
                LatencyPicture.all(LatencyCurves.of(run, SimulationOptions.DEFAULT.warmUpShare()))));
    }
}
