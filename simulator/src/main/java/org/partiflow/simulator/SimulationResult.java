package org.partiflow.simulator;

import java.util.Optional;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.report.SimulationReport;

/**
 * What a replay measured. Immutable.
 *
 * @param report the summary, as in {@code report/1}
 * @param records each request
 * @param trace what ran when; empty unless asked for
 * @param termination why the replay stopped; evaluations are events. Requests still on their way when a limit or a
 *     cancellation strikes count as unfinished
 */
public record SimulationResult(
        SimulationReport report,
        RequestRecords records,
        Optional<ExecutionTrace> trace,
        ServingPlan.Termination termination) {}
