package org.partiflow.simulator;

import java.util.SplittableRandom;
import org.partiflow.api.workload.Arrivals;

/**
 * Arrival times, one after the other. Gamma variates by G. Marsaglia and W. W. Tsang, "A simple method for generating
 * gamma variables", ACM TOMS 26 (2000), doi 10.1145/358407.358414. Uses StrictMath, so all JVMs agree.
 */
final class ArrivalClock {
    private final Arrivals arrivals;
    private final SplittableRandom random;
    private double now;
    private int count;

    ArrivalClock(Arrivals arrivals, SplittableRandom random) {
        this.arrivals = arrivals;
        this.random = random;
    }

    /** The next arrival time in seconds; infinity after the end of a recorded trace. */
    double next() {
        int index = count++;
        if (arrivals.process() == Arrivals.Process.TRACE) {
            return index < arrivals.timesSeconds().size()
                    ? arrivals.timesSeconds().get(index)
                    : Double.POSITIVE_INFINITY;
        }
        now += interval() / arrivals.ratePerSecond();
        return now;
    }

    /** An inter-arrival time of mean 1. */
    private double interval() {
        return switch (arrivals.process()) {
            case POISSON -> -StrictMath.log(1 - random.nextDouble());
            case CONSTANT -> 1;
            case GAMMA -> {
                double variance = arrivals.coefficientOfVariation() * arrivals.coefficientOfVariation();
                yield gamma(1 / variance) * variance;
            }
            case TRACE -> throw new IllegalStateException("recorded arrivals have no distribution");
        };
    }

    /** A gamma variate of this shape and scale 1; shapes below 1 by the boost of Marsaglia and Tsang's section 6. */
    private double gamma(double shape) {
        if (shape < 1) {
            return gamma(shape + 1) * StrictMath.pow(1 - random.nextDouble(), 1 / shape);
        }
        double d = shape - 1.0 / 3;
        double c = 1 / StrictMath.sqrt(9 * d);
        while (true) {
            double x = normal();
            double v = 1 + c * x;
            if (v > 0) {
                v = v * v * v;
                double u = 1 - random.nextDouble();
                if (StrictMath.log(u) < 0.5 * x * x + d * (1 - v + StrictMath.log(v))) {
                    return d * v;
                }
            }
        }
    }

    /** A standard normal variate by Box and Muller; the second one is dropped. */
    private double normal() {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
        return radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
    }
}
