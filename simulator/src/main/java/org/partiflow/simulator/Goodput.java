package org.partiflow.simulator;

import java.util.Optional;
import org.partiflow.api.report.SimulationReport;

/**
 * Outcome of a {@link GoodputSearch}. Immutable.
 *
 * @param requestsPerSecond highest rate seen with the required attainment; 0 if not even the lowest rate tried had it
 * @param failedRequestsPerSecond lowest rate seen without it; infinity if none failed
 * @param runs simulations made
 * @param converged whether the two rates are within the tolerance; false if limits or cancellation struck before
 */
public record Goodput(double requestsPerSecond, double failedRequestsPerSecond, int runs, boolean converged) {
    /** A report with this goodput entered. */
    public SimulationReport enterInto(SimulationReport report) {
        return new SimulationReport(
                report.requests(),
                report.throughput(),
                report.latency(),
                report.slo(),
                Optional.of(requestsPerSecond),
                report.groups(),
                report.links(),
                report.cost(),
                report.confidence());
    }
}
