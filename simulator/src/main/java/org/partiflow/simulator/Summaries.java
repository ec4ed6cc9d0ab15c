package org.partiflow.simulator;

import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import org.HdrHistogram.Histogram;
import org.partiflow.api.report.SimulationReport;

/** Sums up latencies. Stateless. */
final class Summaries {
    private static final int DIGITS = 3;
    private static final double NANOS = 1e9;

    private Summaries() {}

    /** All latencies of the requests from {@code first} to before {@code end}. */
    static SimulationReport.Latency latency(RequestRecords records, int first, int end) {
        return new SimulationReport.Latency(
                summary(records::timeToFirstTokenSeconds, first, end),
                summary(records::timePerOutputTokenSeconds, first, end),
                summary(records::endToEndSeconds, first, end),
                summary(records::kvTransferSeconds, first, end),
                summary(records::kvTransferVisibleSeconds, first, end));
    }

    /** Confidence in the means over the requests from {@code first} on; empty if they are too few. */
    static Optional<SimulationReport.Confidence> confidence(RequestRecords records, int first) {
        Optional<ConfidenceInterval> whole = ConfidenceInterval.find(records, records::endToEndSeconds);
        double endToEnd = ConfidenceInterval.halfWidth(records, records::endToEndSeconds, first);
        double firstToken = ConfidenceInterval.halfWidth(records, records::timeToFirstTokenSeconds, first);
        double perToken = ConfidenceInterval.halfWidth(records, records::timePerOutputTokenSeconds, first);
        return whole.isEmpty() || Double.isInfinite(endToEnd)
                ? Optional.empty()
                : Optional.of(new SimulationReport.Confidence(
                        ConfidenceInterval.LEVEL,
                        whole.get().warmUp(),
                        firstToken,
                        Double.isInfinite(perToken) ? 0 : perToken,
                        endToEnd));
    }

    /** Mean (exact) and percentiles (to three digits) over the requests for which the latency is known; else zeros. */
    private static SimulationReport.Summary summary(IntToDoubleFunction seconds, int first, int end) {
        Histogram histogram = new Histogram(DIGITS);
        double sum = 0;
        for (int i = first; i < end; i++) {
            double value = seconds.applyAsDouble(i);
            if (!Double.isNaN(value)) {
                histogram.recordValue(Math.max(0, Math.round(value * NANOS)));
                sum += value;
            }
        }
        long count = histogram.getTotalCount();
        return new SimulationReport.Summary(
                count == 0 ? 0 : sum / count,
                histogram.getValueAtPercentile(50) / NANOS,
                histogram.getValueAtPercentile(90) / NANOS,
                histogram.getValueAtPercentile(95) / NANOS,
                histogram.getValueAtPercentile(99) / NANOS);
    }
}
