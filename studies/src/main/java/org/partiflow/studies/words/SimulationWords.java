package org.partiflow.studies.words;

import java.util.Optional;

/** A simulation in words. Stateless. */
public final class SimulationWords {
    private static final double KEPT_UP = 0.9;

    private SimulationWords() {}

    /** A sentence if clearly fewer requests per second were served than offered; queues then grew all the time. */
    public static Optional<String> overload(double offered, double served) {
        return served >= KEPT_UP * offered
                ? Optional.empty()
                : Optional.of("the plan did not keep up in the simulator: it served " + Numbers.round(served) + " of "
                        + Numbers.round(offered)
                        + " requests per second, so latencies grow with the length of the run");
    }
}
