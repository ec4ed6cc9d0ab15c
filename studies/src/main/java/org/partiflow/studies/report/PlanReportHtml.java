package org.partiflow.studies.report;

import org.partiflow.studies.markup.Element;
import org.partiflow.studies.markup.Node;
import org.partiflow.studies.words.Numbers;
import org.partiflow.studies.words.PlanWords;

/**
 * Writes the report of a plan as one HTML file: no script, no network, light and dark, for screens of any width and for
 * paper. The same report gives the same text. Stateless and thread-safe.
 */
public final class PlanReportHtml {
    private PlanReportHtml() {}

    /** The whole document, UTF-8 when it is written to a file. */
    public static String write(PlanReport report) {
        Palette palette = new Palette(report.plan().groups());
        Element main = Element.of("main");
        main.add(HeaderSection.of(report));
        main.add(Page.section(
                "Where the groups live",
                "Each box is a GPU in the colour of its group: warm colours prefill, cool colours decode, green does both.",
                new ClusterMap(report, palette).draw()));
        main.add(Page.section(
                "How requests flow",
                "Bars are as high as a group's capacity and filled to its planned rate; streams are KV caches on their"
                        + " way from prefill to decode, as wide as their rate.",
                new FlowPicture(report, palette).draw()));
        main.add(Page.section(
                "Against the alternatives",
                "Requests per second. The upper bound holds for " + PlanWords.meaningOfSpace(report.plan()) + ".",
                ComparisonBars.of(report.plan())));
        report.explanation().ifPresent(explanation -> ExplanationSection.addTo(main, report.plan(), explanation));
        report.run().ifPresent(run -> main.add(simulation(run)));
        main.add(Page.section(
                "Groups",
                "Predicted by the cost model.",
                PlanTables.groups(report.problem().cluster(), report.plan(), palette)));
        if (!report.plan().routes().isEmpty()) {
            main.add(Page.section(
                    "Routes", "Where prefill groups send their KV caches.", PlanTables.routes(report.plan(), palette)));
        }
        main.add(Page.section("Assumptions and provenance", "What this rests on.", ProvenanceSection.of(report)));
        String title = "Partiflow: " + report.problem().model().name() + " on "
                + report.problem().cluster().name();
        return Page.document(title, Page.style(PlanReportHtml.class, "report.css"), main);
    }

    private static Node simulation(SimulatedRun run) {
        var requests = run.report().requests();
        String caption = Numbers.count(requests.arrived()) + " requests at "
                + Numbers.round(run.offeredRequestsPerSecond()) + " per second (" + run.setting() + "): "
                + Numbers.count(requests.completed()) + " completed, " + Numbers.count(requests.rejected())
                + " rejected, " + Numbers.count(requests.unfinished()) + " unfinished; "
                + Numbers.round(run.report().throughput().outputTokensPerSecond())
                + " output tokens/s. The curves show the share of completed requests that were at least as fast.";
        return Page.section("In the simulator", caption, LatencyPicture.all(run.curves()), SimulationTables.of(run));
    }
}
