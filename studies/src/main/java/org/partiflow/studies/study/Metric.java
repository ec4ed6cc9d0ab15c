package org.partiflow.studies.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A named figure of a cell.
 *
 * @param name in files and tables
 * @param title for people
 * @param unit for people; empty for counts and shares
 * @param better which direction is better
 * @param isShare whether it lies in [0, 1], so that differences and not ratios are compared
 */
public record Metric(String name, String title, String unit, Better better, boolean isShare) {
    /** Which direction is better. */
    public enum Better {
        /** More. */
        HIGHER,
        /** Less. */
        LOWER
    }

    /** Wall-clock seconds of planning; the only figure that differs between runs. */
    public static final String PLAN_SECONDS = "planSeconds";

    /** Prefix of attainment at a factor on the targets: {@code attainment@2}. */
    public static final String ATTAINMENT_AT = "attainment@";

    /** Prefix of the best plan's throughput after so many evaluations: {@code plannedRequestsPerSecond@1000}. */
    public static final String PLANNED_AT = "plannedRequestsPerSecond@";

    private static final Map<String, Metric> ALL = all();

    /** Whether less is better. */
    public boolean lowerIsBetter() {
        return better == Better.LOWER;
    }

    /** The metric of this name. */
    public static Optional<Metric> find(String name) {
        if (name.startsWith(ATTAINMENT_AT)) {
            return Optional.of(new Metric(
                    name,
                    "SLO attainment at " + name.substring(ATTAINMENT_AT.length()) + " x targets",
                    "",
                    Better.HIGHER,
                    true));
        }
        return Optional.ofNullable(ALL.get(name));
    }

    /** Names of all metrics. */
    public static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    private static Map<String, Metric> all() {
        Map<String, Metric> all = new LinkedHashMap<>();
        add(all, "plannedRequestsPerSecond", "planned throughput", "req/s", Better.HIGHER);
        add(all, "upperBoundRequestsPerSecond", "upper bound", "req/s", Better.HIGHER);
        share(all, "gap", "gap to the bound", Better.LOWER);
        add(all, "usdPerHour", "price of the GPUs in use", "USD/h", Better.LOWER);
        add(all, "usdPerMillionOutputTokens", "cost of a million output tokens", "USD", Better.LOWER);
        add(all, "evaluations", "candidates evaluated", "", Better.LOWER);
        add(all, "groups", "serving groups", "", Better.HIGHER);
        share(all, "prefillGpuShare", "share of the GPUs that prefill", Better.HIGHER);
        share(all, "colocatedGpuShare", "share of the GPUs in colocated groups", Better.HIGHER);
        add(all, PLAN_SECONDS, "planning time", "s", Better.LOWER);
        add(all, "requestsPerSecond", "serving throughput", "req/s", Better.HIGHER);
        add(all, "outputTokensPerSecond", "output tokens", "tok/s", Better.HIGHER);
        for (String latency : List.of("ttft", "tpot", "e2e")) {
            String title = latency.equals("e2e") ? "end-to-end latency" : latency.toUpperCase(java.util.Locale.ROOT);
            add(all, latency + "Mean", "mean " + title, "s", Better.LOWER);
            add(all, latency + "P50", "median " + title, "s", Better.LOWER);
            add(all, latency + "P90", "90 % of " + title, "s", Better.LOWER);
            add(all, latency + "P99", "99 % of " + title, "s", Better.LOWER);
        }
        add(all, "kvTransferMean", "mean KV transfer", "s", Better.LOWER);
        add(all, "kvVisibleMean", "mean KV transfer that requests wait for", "s", Better.LOWER);
        share(all, "attainment", "SLO attainment", Better.HIGHER);
        add(all, "deadlineScale", "least SLO scale with the required attainment", "x targets", Better.LOWER);
        return all;
    }

    private static void add(Map<String, Metric> all, String name, String title, String unit, Better better) {
        all.put(name, new Metric(name, title, unit, better, false));
    }

    private static void share(Map<String, Metric> all, String name, String title, Better better) {
        all.put(name, new Metric(name, title, "", better, true));
    }
}
