package org.partiflow.cli.text;

import org.partiflow.api.report.SimulationReport;
import org.partiflow.studies.words.Numbers;

/** A simulation as text. Stateless. */
public final class SimulationText {
    private SimulationText() {}

    /** Outcomes, rates, latencies and attainment. */
    public static String of(SimulationReport report) {
        SimulationReport.Latency latency = report.latency();
        TextTable table = new TextTable("<>>>>>", "LATENCY", "MEAN", "P50", "P90", "P95", "P99");
        row(table, "TTFT (time to first token)", latency.timeToFirstTokenSeconds());
        row(table, "TPOT (time per output token)", latency.timePerOutputTokenSeconds());
        row(table, "E2E (arrival to last token)", latency.endToEndSeconds());
        row(table, "KV transfer", latency.kvTransferSeconds());
        row(table, "KV transfer that requests wait for", latency.kvTransferVisibleSeconds());
        return table + "\n" + facts(report);
    }

    private static void row(TextTable table, String name, SimulationReport.Summary summary) {
        table.row(
                name,
                Numbers.seconds(summary.mean()),
                Numbers.seconds(summary.p50()),
                Numbers.seconds(summary.p90()),
                Numbers.seconds(summary.p95()),
                Numbers.seconds(summary.p99()));
    }

    private static Facts facts(SimulationReport report) {
        SimulationReport.Requests requests = report.requests();
        SimulationReport.Throughput throughput = report.throughput();
        Facts facts = new Facts()
                .add(
                        "Requests",
                        Numbers.count(requests.arrived()) + " arrived, " + Numbers.count(requests.completed())
                                + " completed, " + Numbers.count(requests.rejected()) + " rejected, "
                                + Numbers.count(requests.unfinished()) + " unfinished"
                                + (requests.lost() + requests.retries() == 0
                                        ? ""
                                        : ", " + Numbers.count(requests.lost()) + " lost, "
                                                + Numbers.count(requests.retries()) + " retries")
                                + (requests.preemptions() == 0
                                        ? ""
                                        : "; " + Numbers.count(requests.preemptions())
                                                + " times a sequence gave up its KV cache and was recomputed"))
                .add(
                        "Simulated",
                        Numbers.round(throughput.requestsPerSecond()) + " req/s, "
                                + Numbers.round(throughput.outputTokensPerSecond()) + " output tok/s, "
                                + Numbers.round(throughput.totalTokensPerSecond()) + " total tok/s, "
                                + Numbers.round(throughput.outputTokensPerSecondPerGpu()) + " output tok/s per GPU");
        report.slo()
                .ifPresent(slo -> facts.add(
                        "Attainment",
                        Numbers.percent(slo.attainment()) + " of all requests had TTFT <= "
                                + Numbers.briefSeconds(slo.timeToFirstTokenSeconds()) + " and TPOT <= "
                                + Numbers.briefSeconds(slo.timePerOutputTokenSeconds())));
        report.goodputRequestsPerSecond().ifPresent(goodput -> facts.add("Goodput", Numbers.round(goodput) + " req/s"));
        report.cost()
                .ifPresent(cost -> facts.add(
                        "Cost",
                        Numbers.usd(cost.usdPerHour()) + " per hour, " + Numbers.usd(cost.usdPerMillionOutputTokens())
                                + " per million output tokens"));
        report.confidence()
                .ifPresent(confidence -> facts.add(
                        "Confidence",
                        Numbers.percent(confidence.level()) + ": mean TTFT +- "
                                + Numbers.seconds(confidence.timeToFirstTokenHalfWidthSeconds()) + ", TPOT +- "
                                + Numbers.seconds(confidence.timePerOutputTokenHalfWidthSeconds()) + ", E2E +- "
                                + Numbers.seconds(confidence.endToEndHalfWidthSeconds()) + "; steady after "
                                + Numbers.count(confidence.steadyAfterRequests()) + " requests"));
        return facts;
    }
}
