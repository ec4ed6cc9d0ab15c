package org.partiflow.api.report;

import java.util.List;
import java.util.Optional;

/**
 * What a simulation measured, as in {@code report/1}. Immutable.
 *
 * @param requests what became of the requests
 * @param throughput rates in the steady window
 * @param latency latencies of the completed requests
 * @param slo targets and the share of all arrived requests that met both; empty without targets
 * @param goodputRequestsPerSecond highest rate with the required attainment; empty if not searched
 * @param groups per group
 * @param links per shared link that carried anything
 */
public record SimulationReport(
        Requests requests,
        Throughput throughput,
        Latency latency,
        Optional<Slo> slo,
        Optional<Double> goodputRequestsPerSecond,
        List<GroupUse> groups,
        List<LinkUse> links) {
    /** Requests by outcome; {@code arrived} is the sum of the others. */
    public record Requests(long arrived, long completed, long rejected, long unfinished) {}

    /** Rates per second in the steady window; the last divides by all GPUs of the cluster. */
    public record Throughput(
            double requestsPerSecond,
            double outputTokensPerSecond,
            double totalTokensPerSecond,
            double outputTokensPerSecondPerGpu) {}

    /** Distribution of a latency in seconds. */
    public record Summary(double mean, double p50, double p90, double p95, double p99) {}

    /** Latencies: see the glossary for each definition. */
    public record Latency(
            Summary timeToFirstTokenSeconds,
            Summary timePerOutputTokenSeconds,
            Summary endToEndSeconds,
            Summary kvTransferSeconds,
            Summary kvTransferVisibleSeconds) {}

    /** Targets in seconds and the share of all arrived requests that met both. */
    public record Slo(double timeToFirstTokenSeconds, double timePerOutputTokenSeconds, double attainment) {}

    /** Busy share of a group, its mean batch, and its highest share of KV memory in use. */
    public record GroupUse(String id, double utilization, double meanBatch, double kvPeakUtilization) {}

    /** Busy share of a shared link. */
    public record LinkUse(String id, double utilization) {}

    /** Copies the lists. */
    public SimulationReport {
        groups = List.copyOf(groups);
        links = List.copyOf(links);
    }
}
