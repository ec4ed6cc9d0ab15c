package org.partiflow.simulator;

import org.partiflow.api.report.SimulationReport;
import org.partiflow.api.workload.SloTarget;

/**
 * Finds the highest arrival rate at which the share of requests that meet their targets is at least what the workload
 * asks for: the rate is doubled until it fails, then bisected. All runs use the same seed, so they see the same requests
 * at stretched times. Attainment is taken to fall with the rate; where noise breaks that, the result still is a rate that
 * attained. Immutable and thread-safe.
 *
 * @param relativeTolerance bisection ends when the gap of the rates is at most this share of the higher; in (0, 1)
 * @param maxRuns most simulations, at least 1
 */
public record GoodputSearch(double relativeTolerance, int maxRuns) {
    /** Two per cent, at most 40 runs. */
    public static final GoodputSearch DEFAULT = new GoodputSearch(0.02, 40);

    private static final double LOWEST_SHARE = 1e-3;

    /** Rejects values out of range. */
    public GoodputSearch {
        if (!(relativeTolerance > 0 && relativeTolerance < 1) || maxRuns < 1) {
            throw new IllegalArgumentException("a goodput search needs a tolerance in (0, 1) and at least one run, got "
                    + relativeTolerance + " and " + maxRuns);
        }
    }

    /**
     * Searches; the request's own load is not used.
     *
     * @throws IllegalArgumentException if the workload has no targets or the plan no throughput to start from
     */
    public Goodput search(SimulationRequest request) {
        SloTarget target = request.problem()
                .workload()
                .slo()
                .orElseThrow(
                        () -> new IllegalArgumentException("goodput needs latency targets: give the workload an slo"));
        double planned = request.plan().throughput().requestsPerSecond();
        if (!(planned > 0)) {
            throw new IllegalArgumentException(
                    "the plan's throughput is " + planned + " requests/s: nothing to search");
        }
        double low = 0;
        double high = Double.POSITIVE_INFINITY;
        int runs = 0;
        double rate = planned;
        while (runs < maxRuns && !isNarrow(low, high, planned)) {
            SimulationResult result =
                    new Simulator().run(request.withOptions(request.options().withLoad(OfferedLoad.atRate(rate))));
            if (!result.termination().reason().equals("CONVERGED")) {
                return new Goodput(low, high, runs, false);
            }
            runs++;
            double attainment =
                    result.report().slo().map(SimulationReport.Slo::attainment).orElse(0.0);
            if (attainment >= target.attainment()) {
                low = rate;
            } else {
                high = rate;
            }
            rate = Double.isInfinite(high) ? 2 * low : (low + high) / 2;
        }
        return new Goodput(low, high, runs, isNarrow(low, high, planned));
    }

    private boolean isNarrow(double low, double high, double planned) {
        return !Double.isInfinite(high) && (high - low <= relativeTolerance * high || high <= LOWEST_SHARE * planned);
    }
}
