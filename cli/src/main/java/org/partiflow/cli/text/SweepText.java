package org.partiflow.cli.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;
import org.partiflow.api.report.SimulationReport;
import org.partiflow.io.RunsWriter;
import org.partiflow.studies.words.Numbers;

/** Several simulations of one plan as text: one line per offered rate, means over the seeds. Stateless. */
public final class SweepText {
    /** 97.5 % quantiles of Student's t distribution with 1, 2, ... degrees of freedom; 1.96 beyond. */
    private static final double[] QUANTILES = {
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120,
        2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042
    };

    private static final double NORMAL = 1.96;

    private SweepText() {}

    /** A table. */
    public static String of(List<RunsWriter.Run> runs) {
        Map<Double, List<SimulationReport>> byRate = new LinkedHashMap<>();
        for (RunsWriter.Run run : runs) {
            byRate.computeIfAbsent(run.requestsPerSecond(), rate -> new ArrayList<>())
                    .add(run.report());
        }
        boolean targets = runs.stream().anyMatch(run -> run.report().slo().isPresent());
        TextTable table =
                new TextTable(">>>>>>>", "OFFERED/S", "SERVED/S", "TTFT P50", "P99", "TPOT", "E2E", "ATTAINMENT");
        byRate.forEach((rate, reports) -> table.row(
                Numbers.round(rate),
                cell(reports, r -> r.throughput().requestsPerSecond(), Numbers::round),
                cell(reports, r -> r.latency().timeToFirstTokenSeconds().p50(), Numbers::seconds),
                cell(reports, r -> r.latency().timeToFirstTokenSeconds().p99(), Numbers::seconds),
                cell(reports, r -> r.latency().timePerOutputTokenSeconds().mean(), Numbers::seconds),
                cell(reports, r -> r.latency().endToEndSeconds().mean(), Numbers::seconds),
                targets
                        ? cell(
                                reports,
                                r -> r.slo()
                                        .map(SimulationReport.Slo::attainment)
                                        .orElse(0.0),
                                Numbers::percent)
                        : "-"));
        int seeds = runs.size() / Math.max(1, byRate.size());
        String note = seeds > 1 ? "\nMeans over " + seeds + " seeds, with 95 % confidence intervals.\n" : "";
        return table + note;
    }

    private static String cell(
            List<SimulationReport> reports, ToDoubleFunction<SimulationReport> value, DoubleFunction<String> text) {
        int n = reports.size();
        double mean = reports.stream().mapToDouble(value).average().orElse(0);
        if (n < 2) {
            return text.apply(mean);
        }
        double squares = reports.stream()
                .mapToDouble(value)
                .map(v -> (v - mean) * (v - mean))
                .sum();
        double quantile = n - 2 < QUANTILES.length ? QUANTILES[n - 2] : NORMAL;
        return text.apply(mean) + " +- " + text.apply(quantile * Math.sqrt(squares / (n - 1) / n));
    }
}
