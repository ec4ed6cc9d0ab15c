package org.partiflow.simulator;

import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.workload.Arrivals;

/** How fast requests arrive, relative to what the workload says. The kind of process is the workload's. Immutable. */
public sealed interface OfferedLoad {
    /** The arrivals to use. */
    Arrivals apply(Arrivals given, ServingPlan plan);

    /** As the workload says. */
    static OfferedLoad asGiven() {
        return new AsGiven();
    }

    /** At this mean rate; recorded times are stretched. */
    static OfferedLoad atRate(double requestsPerSecond) {
        return new AtRate(requestsPerSecond);
    }

    /** At 1.5 times the throughput that the plan predicts, so that queues grow and throughput shows the capacity. */
    static OfferedLoad saturating() {
        return new Saturating(1.5);
    }

    /** As the workload says. */
    record AsGiven() implements OfferedLoad {
        @Override
        public Arrivals apply(Arrivals given, ServingPlan plan) {
            return given;
        }
    }

    /**
     * At a given mean rate.
     *
     * @param requestsPerSecond mean arrivals per second, above zero and finite
     */
    record AtRate(double requestsPerSecond) implements OfferedLoad {
        /** Rejects a rate that is not positive. */
        public AtRate {
            if (!(requestsPerSecond > 0) || Double.isInfinite(requestsPerSecond)) {
                throw new IllegalArgumentException("the arrival rate must be above zero, got " + requestsPerSecond);
            }
        }

        @Override
        public Arrivals apply(Arrivals given, ServingPlan plan) {
            return given.withRate(requestsPerSecond);
        }
    }

    /**
     * Above what the plan can serve.
     *
     * @param factor arrivals over the plan's predicted throughput, above zero
     */
    record Saturating(double factor) implements OfferedLoad {
        /** Rejects a factor that is not positive. */
        public Saturating {
            if (!(factor > 0) || Double.isInfinite(factor)) {
                throw new IllegalArgumentException("the load factor must be above zero, got " + factor);
            }
        }

        @Override
        public Arrivals apply(Arrivals given, ServingPlan plan) {
            double planned = plan.throughput().requestsPerSecond();
            if (!(planned > 0)) {
                throw new IllegalArgumentException(
                        "the plan's throughput is " + planned + " requests/s: give an arrival rate instead");
            }
            return given.withRate(factor * planned);
        }
    }
}
