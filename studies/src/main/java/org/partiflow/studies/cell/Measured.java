package org.partiflow.studies.cell;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.report.SimulationReport;
import org.partiflow.api.workload.SloTarget;
import org.partiflow.simulator.RequestRecords;
import org.partiflow.simulator.SimulationOptions;
import org.partiflow.simulator.SimulationResult;
import org.partiflow.studies.study.Metric;
import org.partiflow.studies.study.Study;

/** Takes all metrics of one cell. One cell only. */
final class Measured {
    /** Prefix of quantiles: {@code cdf:ttft@0.5}. */
    static final String QUANTILE = "cdf:";

    private static final int QUANTILES = 20;

    private final Study study;
    private final boolean drawn;
    private final Map<String, Double> values = new LinkedHashMap<>();

    /** {@code drawn}: whether the report draws this cell's distributions. */
    Measured(Study study, boolean drawn) {
        this.study = study;
        this.drawn = drawn;
    }

    Map<String, Double> values() {
        return values;
    }

    /** Whether a value is a point of a curve, which is kept without being named by the study. */
    static boolean isCurve(String name) {
        return name.startsWith(QUANTILE) || name.startsWith(Metric.ATTAINMENT_AT) || name.startsWith(Metric.PLANNED_AT);
    }

    void plan(ServingPlan plan, PlanMaker.Made made) {
        values.put("plannedRequestsPerSecond", plan.throughput().requestsPerSecond());
        values.put("upperBoundRequestsPerSecond", plan.certificate().upperBoundRequestsPerSecond());
        values.put("gap", plan.certificate().gap());
        values.put("usdPerHour", plan.cost().usdPerHour());
        values.put("usdPerMillionOutputTokens", plan.cost().usdPerMillionOutputTokens());
        values.put("evaluations", (double) plan.termination().evaluations());
        values.put("groups", (double) plan.groups().size());
        values.put("prefillGpuShare", gpuShare(plan, Phase.PREFILL));
        values.put("colocatedGpuShare", gpuShare(plan, Phase.COLOCATED));
        values.put(Metric.PLAN_SECONDS, made.seconds());
        for (long checkpoint : study.settings().checkpoints()) {
            made.steps().stream()
                    .filter(step -> step.evaluations() <= checkpoint)
                    .mapToDouble(PlanMaker.Step::requestsPerSecond)
                    .max()
                    .ifPresent(best -> values.put(Metric.PLANNED_AT + checkpoint, best));
        }
    }

    void simulation(SimulationResult result, Optional<SloTarget> target) {
        SimulationReport report = result.report();
        values.put("requestsPerSecond", report.throughput().requestsPerSecond());
        values.put("outputTokensPerSecond", report.throughput().outputTokensPerSecond());
        summary("ttft", report.latency().timeToFirstTokenSeconds());
        summary("tpot", report.latency().timePerOutputTokenSeconds());
        summary("e2e", report.latency().endToEndSeconds());
        values.put("kvTransferMean", report.latency().kvTransferSeconds().mean());
        values.put("kvVisibleMean", report.latency().kvTransferVisibleSeconds().mean());
        Optional<SimulationReport.Slo> slo = report.slo();
        if (slo.isPresent()) {
            values.put("attainment", slo.get().attainment());
            scales(
                    result.records(),
                    slo.get(),
                    target.map(SloTarget::attainment).orElse(1.0));
        }
        if (drawn) {
            distributions(result.records());
        }
    }

    private void summary(String name, SimulationReport.Summary summary) {
        values.put(name + "Mean", summary.mean());
        values.put(name + "P50", summary.p50());
        values.put(name + "P90", summary.p90());
        values.put(name + "P99", summary.p99());
    }

    /** Attainment at every scale, and the least scale with the required attainment, all from one replay. */
    private void scales(RequestRecords records, SimulationReport.Slo targets, double required) {
        double[] needed = counted(records)
                .mapToDouble(i -> {
                    double ttft = records.timeToFirstTokenSeconds(i);
                    double tpot = records.timePerOutputTokenSeconds(i);
                    double scale = Math.max(
                            ttft / targets.timeToFirstTokenSeconds(),
                            Double.isNaN(tpot) ? 0 : tpot / targets.timePerOutputTokenSeconds());
                    return Double.isNaN(ttft) ? Double.POSITIVE_INFINITY : scale;
                })
                .sorted()
                .toArray();
        for (double scale : study.settings().sloScales()) {
            long met = Arrays.stream(needed).filter(each -> each <= scale).count();
            values.put(Metric.ATTAINMENT_AT + plain(scale), (double) met / needed.length);
        }
        values.put("deadlineScale", needed[Math.max(0, (int) Math.ceil(required * needed.length) - 1)]);
    }

    private void distributions(RequestRecords records) {
        quantiles("ttft", records, records::timeToFirstTokenSeconds);
        quantiles("tpot", records, records::timePerOutputTokenSeconds);
        quantiles("e2e", records, records::endToEndSeconds);
    }

    private void quantiles(String name, RequestRecords records, IntToDoubleFunction latency) {
        double[] sorted = counted(records)
                .mapToDouble(latency)
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        for (int i = 0; i <= QUANTILES && sorted.length > 0; i++) {
            double share = (double) i / QUANTILES;
            int at = (int) Math.round(share * (sorted.length - 1));
            values.put(QUANTILE + name + "@" + plain(share), sorted[at]);
        }
    }

    private static IntStream counted(RequestRecords records) {
        int first = (int) (records.size() * SimulationOptions.DEFAULT.warmUpShare());
        return IntStream.range(first, records.size());
    }

    private static double gpuShare(ServingPlan plan, Phase phase) {
        int all = plan.groups().stream().mapToInt(g -> g.gpuCount()).sum();
        int own = plan.groups(phase).stream().mapToInt(g -> g.gpuCount()).sum();
        return all == 0 ? 0 : (double) own / all;
    }

    private static String plain(double value) {
        String text = String.format(Locale.ROOT, "%.4f", value);
        return text.replaceAll("0+$", "").replaceAll("\\.$", "");
    }

    /** Names of the points of a curve, in order. */
    static List<String> quantileNames(String latency) {
        return IntStream.rangeClosed(0, QUANTILES)
                .mapToObj(i -> QUANTILE + latency + "@" + plain((double) i / QUANTILES))
                .toList();
    }
}
