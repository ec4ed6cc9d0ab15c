package org.partiflow.simulator;

/**
 * Replays a serving plan as a discrete-event simulation: arrivals, routing, batching, pipelines, KV transfers over shared
 * links and KV memory. The model and its simplifications: {@code docs/algorithms/simulator.md}.
 *
 * <p>Single-threaded and deterministic: equal requests give equal results on every JVM, unless a wall-time limit strikes.
 * O(iterations x (stages + log groups) + requests x log batch) time; about 70 bytes per request. Holds no state between
 * runs; thread-safe.
 */
public final class Simulator {
    /**
     * Replays a plan. Cancellation and limits end the replay early with a normal result, whose termination says so.
     *
     * @throws IllegalArgumentException if the plan names GPUs or groups that do not exist, if a route joins GPUs that no
     *     link connects, or if a saturating load is asked of a plan without throughput
     */
    public SimulationResult run(SimulationRequest request) {
        return new Engine(request, RequestSource.draw(request)).run();
    }
}
