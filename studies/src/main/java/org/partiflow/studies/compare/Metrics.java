package org.partiflow.studies.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.partiflow.api.plan.ServingGroup;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.report.SimulationReport;
import org.partiflow.studies.compare.Metric.Better;
import org.partiflow.studies.compare.Metric.Unit;

/** The figures that plans are compared by. Stateless. */
final class Metrics {
    private Metrics() {}

    static List<Metric> predicted(ServingPlan first, ServingPlan second) {
        Pair<ServingPlan> plans = new Pair<>(first, second);
        return List.of(
                plans.metric(
                        "requestsPerSecond",
                        "Predicted throughput, req/s",
                        Unit.NUMBER,
                        Better.HIGHER,
                        plan -> plan.throughput().requestsPerSecond()),
                plans.metric(
                        "outputTokensPerSecond",
                        "Predicted output tok/s",
                        Unit.NUMBER,
                        Better.HIGHER,
                        plan -> plan.throughput().outputTokensPerSecond()),
                plans.metric(
                        "upperBoundRequestsPerSecond",
                        "Proven bound, req/s",
                        Unit.NUMBER,
                        Better.NEITHER,
                        plan -> plan.certificate().upperBoundRequestsPerSecond()),
                plans.metric(
                        "gap",
                        "Gap to the bound",
                        Unit.SHARE,
                        Better.LOWER,
                        plan -> plan.certificate().gap()),
                plans.metric("gpus", "GPUs in use", Unit.COUNT, Better.NEITHER, Metrics::gpus),
                plans.metric(
                        "usdPerHour",
                        "Price per hour",
                        Unit.USD,
                        Better.LOWER,
                        plan -> plan.cost().usdPerHour()),
                plans.metric(
                        "usdPerMillionOutputTokens",
                        "Price per million output tokens at full load",
                        Unit.USD,
                        Better.LOWER,
                        plan -> plan.cost().usdPerMillionOutputTokens()));
    }

    private static double gpus(ServingPlan plan) {
        return plan.groups().stream().mapToInt(ServingGroup::gpuCount).sum();
    }

    static List<Metric> simulated(SimulationReport first, SimulationReport second) {
        Pair<SimulationReport> reports = new Pair<>(first, second);
        List<Metric> metrics = new ArrayList<>();
        metrics.add(reports.metric(
                "requestsPerSecond",
                "Served, req/s",
                Unit.NUMBER,
                Better.HIGHER,
                report -> report.throughput().requestsPerSecond()));
        metrics.add(reports.metric(
                "outputTokensPerSecond",
                "Output tok/s",
                Unit.NUMBER,
                Better.HIGHER,
                report -> report.throughput().outputTokensPerSecond()));
        latency(
                reports,
                metrics,
                "timeToFirstToken",
                "TTFT",
                report -> report.latency().timeToFirstTokenSeconds());
        latency(
                reports,
                metrics,
                "timePerOutputToken",
                "TPOT",
                report -> report.latency().timePerOutputTokenSeconds());
        latency(reports, metrics, "endToEnd", "E2E", report -> report.latency().endToEndSeconds());
        if (first.slo().isPresent() && second.slo().isPresent()) {
            metrics.add(reports.metric(
                    "attainment",
                    "Met both targets",
                    Unit.SHARE,
                    Better.HIGHER,
                    report -> report.slo().map(SimulationReport.Slo::attainment).orElse(Double.NaN)));
        }
        metrics.add(reports.metric(
                "usdPerMillionOutputTokens",
                "Price per million output tokens",
                Unit.USD,
                Better.LOWER,
                report -> report.cost()
                        .map(SimulationReport.Cost::usdPerMillionOutputTokens)
                        .orElse(Double.NaN)));
        return metrics;
    }

    private static void latency(
            Pair<SimulationReport> reports,
            List<Metric> metrics,
            String key,
            String label,
            Function<SimulationReport, SimulationReport.Summary> summary) {
        metrics.add(reports.metric(
                key + "P50Seconds",
                label + " p50",
                Unit.SECONDS,
                Better.LOWER,
                report -> summary.apply(report).p50()));
        metrics.add(reports.metric(
                key + "P90Seconds",
                label + " p90",
                Unit.SECONDS,
                Better.LOWER,
                report -> summary.apply(report).p90()));
        metrics.add(reports.metric(
                key + "P99Seconds",
                label + " p99",
                Unit.SECONDS,
                Better.LOWER,
                report -> summary.apply(report).p99()));
    }

    private record Pair<T>(T first, T second) {
        Metric metric(String key, String label, Unit unit, Better better, ToDoubleFunction<T> value) {
            return new Metric(key, label, unit, better, value.applyAsDouble(first), value.applyAsDouble(second));
        }
    }
}
