package org.partiflow.simulator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How fast a stage works over time: as its slowest GPU. Speeds are constant between {@code changes}. */
final class StageSpeed {
    private final double[] changes;
    private final double[] speeds;

    private StageSpeed(double[] changes, double[] speeds) {
        this.changes = changes;
        this.speeds = speeds;
    }

    /** The speed under the disturbances of the GPUs of a stage. */
    static StageSpeed of(List<Disturbance> disturbances) {
        List<Double> times = new ArrayList<>();
        for (Disturbance disturbance : disturbances) {
            times.add(disturbance.fromSeconds());
            if (disturbance.untilSeconds() < Double.POSITIVE_INFINITY) {
                times.add(disturbance.untilSeconds());
            }
        }
        double[] changes = times.stream()
                .mapToDouble(Double::doubleValue)
                .sorted()
                .distinct()
                .toArray();
        double[] speeds = new double[changes.length];
        for (int i = 0; i < changes.length; i++) {
            double time = changes[i];
            speeds[i] = disturbances.stream()
                    .filter(d -> d.covers(time))
                    .mapToDouble(Disturbance::speed)
                    .min()
                    .orElse(1);
        }
        return new StageSpeed(changes, speeds);
    }

    /** When work of so many seconds at full speed ends if it starts at {@code start}. */
    double end(double start, double seconds) {
        if (changes.length == 0 || Double.isInfinite(start)) {
            return start + seconds;
        }
        double now = start;
        double left = seconds;
        for (int i = index(start); i < changes.length; i++) {
            double until = i + 1 < changes.length ? changes[i + 1] : Double.POSITIVE_INFINITY;
            double speed = i < 0 ? 1 : speeds[i];
            double done = (until - now) * speed;
            if (speed > 0 && left <= done) {
                break;
            }
            left -= speed > 0 ? done : 0;
            now = until;
        }
        double speed = at(now);
        return now + left / speed;
    }

    /** Times at which it changes, ascending. */
    double[] changes() {
        return changes.clone();
    }

    /** Share of its speed at a time. */
    double at(double time) {
        int i = index(time);
        return i < 0 ? 1 : speeds[i];
    }

    private int index(double time) {
        int found = Arrays.binarySearch(changes, time);
        return found >= 0 ? found : -found - 2;
    }
}
