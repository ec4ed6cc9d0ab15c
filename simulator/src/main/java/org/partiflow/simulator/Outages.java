package org.partiflow.simulator;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** When a group fails in a way that costs it its passes and caches, and when it works again. One run only. */
final class Outages {
    private static final double[] NONE = {};

    private final StageSpeed[] speeds;
    private final double[] starts;
    private int position;

    private Outages(StageSpeed[] speeds, double[] starts) {
        this.speeds = speeds;
        this.starts = starts;
    }

    /** The outages of a group whose stages work at these speeds; none where work waits for hardware to come back. */
    static Outages of(StageSpeed[] speeds, Behaviour behaviour) {
        double[] starts = behaviour.onFailure() == FaultPolicy.WAIT
                ? NONE
                : Stream.of(speeds)
                        .flatMapToDouble(
                                speed -> DoubleStream.of(speed.changes()).filter(t -> speed.at(t) == 0))
                        .sorted()
                        .distinct()
                        .toArray();
        return new Outages(speeds, starts);
    }

    /** All times at which it fails, ascending; it may be down already. */
    double[] starts() {
        return starts.clone();
    }

    /** When it fails next; infinity for never. */
    double next() {
        return position < starts.length ? starts[position] : Double.POSITIVE_INFINITY;
    }

    /** Notes that it fails now; returns when all stages are up again, infinity for never. */
    double take(double now) {
        position++;
        return upAgain(now);
    }

    /** The first time from {@code now} on at which all stages are up; infinity for never. */
    double upAgain(double now) {
        if (isUp(now)) {
            return now;
        }
        return Arrays.stream(speeds)
                .flatMapToDouble(speed -> DoubleStream.of(speed.changes()))
                .filter(time -> time > now)
                .sorted()
                .filter(this::isUp)
                .findFirst()
                .orElse(Double.POSITIVE_INFINITY);
    }

    /** Whether it is down for good. */
    boolean isGone(double now) {
        return starts.length > 0 && Double.isInfinite(upAgain(now));
    }

    private boolean isUp(double time) {
        for (StageSpeed speed : speeds) {
            if (speed.at(time) == 0) {
                return false;
            }
        }
        return true;
    }
}
