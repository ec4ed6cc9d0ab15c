package org.partiflow.studies.words;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.partiflow.simulator.Backlog;
import org.partiflow.simulator.RequestRecords;
import org.partiflow.simulator.SimulationResult;

/** A simulation in words. Stateless. */
public final class SimulationWords {
    private static final double KEPT_UP = 0.9;
    private static final int EARLY = 31;
    private static final double LONG_ENOUGH = 3;
    private static final int LEAST_FOR_GROWTH = 100;

    private SimulationWords() {}

    /**
     * A sentence if clearly fewer requests per second were served than offered: either queues grew all the time, or the
     * run was still filling up with requests under way, of which there are many where each takes long, so that it says nothing
     * about it. In an overloaded system the {@link Backlog} grows by the share that is not served, to the end.
     * O(n log n) in the requests.
     */
    public static Optional<String> overload(double offered, SimulationResult run) {
        double served = run.report().throughput().requestsPerSecond();
        RequestRecords records = run.records();
        if (served >= KEPT_UP * offered || records.size() == 0) {
            return Optional.empty();
        }
        double arrivals = records.arrivalSeconds(records.size() - 1);
        double early = earlySeconds(records);
        boolean fillsUp = arrivals < LONG_ENOUGH * early
                || records.size() >= LEAST_FOR_GROWTH && Backlog.growth(records) < (1 - served / offered) / 2;
        return Optional.of(
                fillsUp
                        ? "the run is too short to tell whether the plan keeps up with " + Numbers.round(offered)
                                + " requests per second: they arrived within " + Numbers.briefSeconds(arrivals)
                                + ", and the first of them took " + Numbers.briefSeconds(early)
                                + "; simulate more requests"
                        : "the plan did not keep up in the simulator: it served " + Numbers.round(served) + " of "
                                + Numbers.round(offered)
                                + " requests per second, so latencies grow with the length of the run");
    }

    /** Median end-to-end time of the first requests that completed: before queues could grow much. */
    private static double earlySeconds(RequestRecords records) {
        double[] times = IntStream.range(0, records.size())
                .mapToDouble(records::endToEndSeconds)
                .filter(seconds -> !Double.isNaN(seconds))
                .limit(EARLY)
                .sorted()
                .toArray();
        return times.length == 0
                ? 0
                : Arrays.stream(times).skip(times.length / 2).findFirst().orElse(0);
    }
}
