package org.partiflow.io.internal.plan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.partiflow.api.report.SimulationReport;

/** A simulation report as a tree, keys in the order of the format. Stateless. */
public final class ReportTree {
    /** The format's name and version. */
    public static final String FORMAT = "report/1";

    private ReportTree() {}

    /** The whole report. */
    public static ObjectNode of(SimulationReport report) {
        NumberFields fields = new NumberFields("report");
        ObjectNode root = fields.node();
        root.put("partiflow", FORMAT);
        SimulationReport.Requests requests = report.requests();
        root.putObject("requests")
                .put("arrived", requests.arrived())
                .put("completed", requests.completed())
                .put("rejected", requests.rejected())
                .put("unfinished", requests.unfinished())
                .put("lost", requests.lost())
                .put("retries", requests.retries())
                .put("preemptions", requests.preemptions());
        root.set("throughput", throughput(report.throughput()));
        root.set("latency", latency(report.latency()));
        report.slo().ifPresentOrElse(slo -> root.set("slo", slo(slo)), () -> root.putNull("slo"));
        report.goodputRequestsPerSecond().ifPresent(goodput -> fields.put("goodputRequestsPerSecond", goodput));
        ArrayNode groups = root.putArray("groups");
        report.groups().forEach(group -> groups.add(group(group)));
        ArrayNode links = root.putArray("links");
        report.links().forEach(link -> links.add(link(link)));
        report.cost().ifPresent(cost -> root.set("cost", cost(cost)));
        report.confidence().ifPresent(confidence -> root.set("confidence", confidence(confidence)));
        return root;
    }

    private static ObjectNode cost(SimulationReport.Cost cost) {
        NumberFields fields = new NumberFields("cost");
        fields.put("usdPerHour", cost.usdPerHour());
        fields.put("usdPerMillionOutputTokens", cost.usdPerMillionOutputTokens());
        fields.put("usdPerMillionTotalTokens", cost.usdPerMillionTotalTokens());
        return fields.node();
    }

    private static ObjectNode confidence(SimulationReport.Confidence confidence) {
        NumberFields fields = new NumberFields("confidence");
        fields.put("level", confidence.level());
        fields.node().put("steadyAfterRequests", confidence.steadyAfterRequests());
        fields.put("timeToFirstTokenHalfWidthSeconds", confidence.timeToFirstTokenHalfWidthSeconds());
        fields.put("timePerOutputTokenHalfWidthSeconds", confidence.timePerOutputTokenHalfWidthSeconds());
        fields.put("endToEndHalfWidthSeconds", confidence.endToEndHalfWidthSeconds());
        return fields.node();
    }

    private static ObjectNode throughput(SimulationReport.Throughput throughput) {
        NumberFields fields = new NumberFields("throughput");
        fields.put("requestsPerSecond", throughput.requestsPerSecond());
        fields.put("outputTokensPerSecond", throughput.outputTokensPerSecond());
        fields.put("totalTokensPerSecond", throughput.totalTokensPerSecond());
        fields.put("outputTokensPerSecondPerGpu", throughput.outputTokensPerSecondPerGpu());
        return fields.node();
    }

    private static ObjectNode latency(SimulationReport.Latency latency) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.set("timeToFirstTokenSeconds", summary("time to first token", latency.timeToFirstTokenSeconds()));
        node.set("timePerOutputTokenSeconds", summary("time per output token", latency.timePerOutputTokenSeconds()));
        node.set("endToEndSeconds", summary("end to end", latency.endToEndSeconds()));
        node.set("kvTransferSeconds", summary("KV transfer", latency.kvTransferSeconds()));
        node.set("kvTransferVisibleSeconds", summary("visible KV transfer", latency.kvTransferVisibleSeconds()));
        return node;
    }

    private static ObjectNode summary(String name, SimulationReport.Summary summary) {
        NumberFields fields = new NumberFields(name);
        fields.put("mean", summary.mean());
        fields.put("p50", summary.p50());
        fields.put("p90", summary.p90());
        fields.put("p95", summary.p95());
        fields.put("p99", summary.p99());
        return fields.node();
    }

    private static ObjectNode slo(SimulationReport.Slo slo) {
        NumberFields fields = new NumberFields("slo");
        fields.put("timeToFirstTokenSeconds", slo.timeToFirstTokenSeconds());
        fields.put("timePerOutputTokenSeconds", slo.timePerOutputTokenSeconds());
        fields.put("attainment", slo.attainment());
        return fields.node();
    }

    private static ObjectNode group(SimulationReport.GroupUse group) {
        NumberFields fields = new NumberFields("group " + group.id());
        fields.node().put("id", group.id());
        fields.put("utilization", group.utilization());
        fields.put("meanBatch", group.meanBatch());
        fields.put("kvPeakUtilization", group.kvPeakUtilization());
        return fields.node();
    }

    private static ObjectNode link(SimulationReport.LinkUse link) {
        NumberFields fields = new NumberFields("link " + link.id());
        fields.node().put("id", link.id());
        fields.put("utilization", link.utilization());
        return fields.node();
    }
}
