package org.partiflow.studies.compare;

import java.util.List;
import org.partiflow.simulator.SimulationResult;

/**
 * Two plans side by side. Immutable.
 *
 * @param first one plan
 * @param second the other one
 * @param difference what differs
 * @param offeredRequestsPerSecond load that both were given
 * @param firstRun what came of the first
 * @param secondRun what came of the second
 * @param predicted figures of the plans themselves
 * @param simulated figures of the simulations
 */
public record PlanComparison(
        ComparisonRequest.Side first,
        ComparisonRequest.Side second,
        PlanDifference difference,
        double offeredRequestsPerSecond,
        SimulationResult firstRun,
        SimulationResult secondRun,
        List<Metric> predicted,
        List<Metric> simulated) {
    /** Copies the lists. */
    public PlanComparison {
        predicted = List.copyOf(predicted);
        simulated = List.copyOf(simulated);
    }
}
