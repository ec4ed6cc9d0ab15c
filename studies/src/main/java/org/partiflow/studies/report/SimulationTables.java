package org.partiflow.studies.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.partiflow.api.report.SimulationReport;
import org.partiflow.studies.markup.Element;
import org.partiflow.studies.markup.Node;
import org.partiflow.studies.words.Numbers;
import org.partiflow.studies.words.PlanWords;

/** What the simulation measured. Stateless. */
final class SimulationTables {
    private static final int BUSIEST = 8;

    private SimulationTables() {}

    static Node of(SimulatedRun run) {
        SimulationReport.Latency latency = run.report().latency();
        List<List<Node>> rows = List.of(
                row("TTFT, time to first token", latency.timeToFirstTokenSeconds()),
                row("TPOT, time per output token", latency.timePerOutputTokenSeconds()),
                row("E2E, arrival to last token", latency.endToEndSeconds()),
                row("KV transfer", latency.kvTransferSeconds()),
                row("KV transfer that the request waits for", latency.kvTransferVisibleSeconds()));
        Node latencies = Page.table(List.of("Latency", "Mean", "p50", "p90", "p95", "p99"), "<>>>>>", rows);
        return Page.block("tables", latencies, Page.block("pair", groups(run), links(run)));
    }

    private static List<Node> row(String name, SimulationReport.Summary summary) {
        return List.of(
                Page.text(name),
                Page.text(Numbers.seconds(summary.mean())),
                Page.text(Numbers.seconds(summary.p50())),
                Page.text(Numbers.seconds(summary.p90())),
                Page.text(Numbers.seconds(summary.p95())),
                Page.text(Numbers.seconds(summary.p99())));
    }

    private static Node groups(SimulatedRun run) {
        List<List<Node>> rows = new ArrayList<>();
        for (SimulationReport.GroupUse use : run.report().groups()) {
            rows.add(List.of(
                    Page.text(use.id()),
                    Page.text(Numbers.percent(use.utilization())),
                    Page.text(Numbers.round(use.meanBatch())),
                    Page.text(Numbers.percent(use.kvPeakUtilization()))));
        }
        return Page.table(List.of("Group", "Busy", "Mean batch", "KV memory at peak"), "<>>>", rows);
    }

    private static Node links(SimulatedRun run) {
        List<List<Node>> rows = run.report().links().stream()
                .sorted(Comparator.comparingDouble(SimulationReport.LinkUse::utilization)
                        .reversed())
                .limit(BUSIEST)
                .map(use -> List.of(Page.text(PlanWords.link(use.id())), Page.text(Numbers.percent(use.utilization()))))
                .toList();
        return rows.isEmpty()
                ? Element.text("p", "No link between groups carried anything.").with("class", "caption")
                : Page.table(List.of("Busiest shared links", "Busy"), "<>", rows);
    }
}
