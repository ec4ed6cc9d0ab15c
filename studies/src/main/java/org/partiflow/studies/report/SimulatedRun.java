package org.partiflow.studies.report;

import java.util.List;
import java.util.Optional;
import org.partiflow.api.report.SimulationReport;

/**
 * What was simulated and what came of it.
 *
 * @param setting the load in words, such as "75 % of the planned throughput"
 * @param offeredRequestsPerSecond mean arrivals per second
 * @param report what was measured
 * @param curves latency distributions, in the order in which they are drawn
 * @param overload a sentence if the plan did not keep up with the offered load
 */
public record SimulatedRun(
        String setting,
        double offeredRequestsPerSecond,
        SimulationReport report,
        List<LatencyCurve> curves,
        Optional<String> overload) {
    /** Copies the list. */
    public SimulatedRun {
        curves = List.copyOf(curves);
    }
}
