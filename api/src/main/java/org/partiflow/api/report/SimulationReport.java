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
 * @param cost price; empty if nothing was made or the price is not known
 * @param confidence how sure the mean latencies are; empty for runs too short to tell
 */
public record SimulationReport(
        Requests requests,
        Throughput throughput,
        Latency latency,
        Optional<Slo> slo,
        Optional<Double> goodputRequestsPerSecond,
        List<GroupUse> groups,
        List<LinkUse> links,
        Optional<Cost> cost,
        Optional<Confidence> confidence) {
    /** A report without price and confidence. */
    public SimulationReport(
            Requests requests,
            Throughput throughput,
            Latency latency,
            Optional<Slo> slo,
            Optional<Double> goodputRequestsPerSecond,
            List<GroupUse> groups,
            List<LinkUse> links) {
        this(
                requests,
                throughput,
                latency,
                slo,
                goodputRequestsPerSecond,
                groups,
                links,
                Optional.empty(),
                Optional.empty());
    }

    /** Price of the GPUs in use in US dollars, and per million tokens at the simulated throughput. */
    public record Cost(double usdPerHour, double usdPerMillionOutputTokens, double usdPerMillionTotalTokens) {
        /** At this price and throughput; empty if no output token is made. */
        public static Optional<Cost> of(double usdPerHour, Throughput throughput) {
            double perSecond = usdPerHour / SECONDS_PER_HOUR;
            return throughput.outputTokensPerSecond() > 0
                    ? Optional.of(new Cost(
                            usdPerHour,
                            perSecond * MILLION / throughput.outputTokensPerSecond(),
                            perSecond * MILLION / throughput.totalTokensPerSecond()))
                    : Optional.empty();
        }
    }

    /**
     * Confidence intervals of the mean latencies, by batch means.
     *
     * @param level probability that an interval holds the true mean
     * @param steadyAfterRequests after how many arrivals latencies look steady (MSER-5); more than the warm-up that was left
     *     out means that the run is too short, or that the load is too high
     * @param timeToFirstTokenHalfWidthSeconds half width of the interval of the mean TTFT
     * @param timePerOutputTokenHalfWidthSeconds of the mean TPOT; 0 where no request has one
     * @param endToEndHalfWidthSeconds of the mean E2E
     */
    public record Confidence(
            double level,
            long steadyAfterRequests,
            double timeToFirstTokenHalfWidthSeconds,
            double timePerOutputTokenHalfWidthSeconds,
            double endToEndHalfWidthSeconds) {}

    /**
     * Requests by outcome; {@code arrived = completed + rejected + unfinished + lost}.
     *
     * @param arrived all
     * @param completed all tokens were made
     * @param rejected longer than the memory of every group that they could reach
     * @param unfinished still on their way when the run stopped
     * @param lost gone with hardware that failed
     * @param retries how often a request started again, or its KV cache was sent again, since hardware failed
     * @param preemptions how often a sequence gave up its KV cache for want of memory, to be recomputed
     */
    public record Requests(
            long arrived, long completed, long rejected, long unfinished, long lost, long retries, long preemptions) {
        /** Outcomes of a run in which nothing failed and no memory was short. */
        public Requests(long arrived, long completed, long rejected, long unfinished) {
            this(arrived, completed, rejected, unfinished, 0, 0, 0);
        }
    }

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

    private static final double SECONDS_PER_HOUR = 3600;
    private static final double MILLION = 1e6;

    /** Copies the lists. */
    public SimulationReport {
        groups = List.copyOf(groups);
        links = List.copyOf(links);
    }
}
