package org.partiflow.studies.compare;

import org.partiflow.api.plan.ServingPlan;
import org.partiflow.simulator.Extent;
import org.partiflow.simulator.OfferedLoad;
import org.partiflow.simulator.SimulationOptions;
import org.partiflow.simulator.SimulationRequest;
import org.partiflow.simulator.SimulationResult;
import org.partiflow.simulator.Simulator;

/**
 * Compares two plans: what differs, and what it changes when both are given the same requests at the same times. Stateless
 * and thread-safe; equal requests give equal results.
 */
public final class PlanComparer {
    /** Share of the smaller predicted throughput that is offered by default: both should keep up with it. */
    public static final double LOAD = 0.8;

    /** Makes a comparer. */
    public PlanComparer() {}

    /**
     * Compares.
     *
     * @throws IllegalArgumentException if no rate is given and a plan predicts no throughput, or if a plan does not fit
     *     its cluster
     */
    public PlanComparison compare(ComparisonRequest request) {
        ServingPlan first = request.first().plan();
        ServingPlan second = request.second().plan();
        double offered = offered(request);
        SimulationResult firstRun = simulate(request, request.first(), offered);
        SimulationResult secondRun = simulate(request, request.second(), offered);
        return new PlanComparison(
                request.first(),
                request.second(),
                PlanDifference.between(first, second),
                offered,
                firstRun,
                secondRun,
                Metrics.predicted(first, second),
                Metrics.simulated(firstRun.report(), secondRun.report()));
    }

    private static double offered(ComparisonRequest request) {
        if (request.requestsPerSecond().isPresent()) {
            return request.requestsPerSecond().getAsDouble();
        }
        double smaller = Math.min(
                request.first().plan().throughput().requestsPerSecond(),
                request.second().plan().throughput().requestsPerSecond());
        if (!(smaller > 0)) {
            throw new IllegalArgumentException(
                    "a plan predicts a throughput of " + smaller + " requests/s: give the rate to offer");
        }
        return LOAD * smaller;
    }

    private static SimulationResult simulate(ComparisonRequest request, ComparisonRequest.Side side, double rate) {
        SimulationOptions options = SimulationOptions.DEFAULT
                .withLoad(OfferedLoad.atRate(rate))
                .withExtent(Extent.ofRequests(request.requests()))
                .withSeed(request.seed());
        return new Simulator()
                .run(new SimulationRequest(side.problem(), side.costModel(), side.plan(), options, request.control()));
    }
}
