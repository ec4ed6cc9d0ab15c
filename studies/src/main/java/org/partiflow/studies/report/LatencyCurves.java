package org.partiflow.studies.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.partiflow.api.report.SimulationReport;
import org.partiflow.simulator.RequestRecords;
import org.partiflow.simulator.SimulationResult;

/** The latency distributions of a simulation. Stateless. */
public final class LatencyCurves {
    private static final int POINTS = 400;

    private LatencyCurves() {}

    /**
     * TTFT, TPOT and E2E of the completed requests.
     *
     * @param warmUpShare share of the arrivals, the first ones, that are left out
     */
    public static List<LatencyCurve> of(SimulationResult result, double warmUpShare) {
        RequestRecords records = result.records();
        int first = (int) (records.size() * warmUpShare);
        Optional<SimulationReport.Slo> slo = result.report().slo();
        return List.of(
                new LatencyCurve(
                        "TTFT",
                        "arrival to first token, queueing included",
                        quantiles(first, records.size(), records::timeToFirstTokenSeconds),
                        target(slo.map(SimulationReport.Slo::timeToFirstTokenSeconds))),
                new LatencyCurve(
                        "TPOT",
                        "mean time per output token after the first",
                        quantiles(first, records.size(), records::timePerOutputTokenSeconds),
                        target(slo.map(SimulationReport.Slo::timePerOutputTokenSeconds))),
                new LatencyCurve(
                        "E2E",
                        "arrival to last token",
                        quantiles(first, records.size(), records::endToEndSeconds),
                        OptionalDouble.empty()));
    }

    private static OptionalDouble target(Optional<Double> seconds) {
        return seconds.isPresent() ? OptionalDouble.of(seconds.get()) : OptionalDouble.empty();
    }

    private static List<Double> quantiles(int first, int end, IntToDoubleFunction latency) {
        double[] sorted = IntStream.range(first, end)
                .mapToDouble(latency)
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        if (sorted.length <= POINTS) {
            return Arrays.stream(sorted).boxed().toList();
        }
        List<Double> quantiles = new ArrayList<>();
        for (int i = 0; i <= POINTS; i++) {
            quantiles.add(sorted[(int) Math.round((double) i / POINTS * (sorted.length - 1))]);
        }
        return quantiles;
    }
}
