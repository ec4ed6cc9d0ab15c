package org.partiflow.simulator;

/**
 * A GPU, a node or a link is slow or down for a time. While a group has a stage that is down, new requests go to others
 * if there are others; what becomes of those that it has, {@link FaultPolicy} says. Immutable.
 *
 * @param target name of a GPU ({@code h0/1}), a node ({@code h0}) or a shared link ({@code h0/nic-out})
 * @param fromSeconds when it starts, simulated time
 * @param untilSeconds when it ends; infinity for never (a link that is down must come back)
 * @param speed what is left of its speed, in [0, 1]; 0 is down
 */
public record Disturbance(String target, double fromSeconds, double untilSeconds, double speed) {
    /** Rejects times that are not ascending and speeds out of range. */
    public Disturbance {
        if (!(fromSeconds >= 0 && untilSeconds > fromSeconds)) {
            throw new IllegalArgumentException(
                    target + " cannot be disturbed from " + fromSeconds + " s to " + untilSeconds + " s");
        }
        if (!(speed >= 0 && speed <= 1)) {
            throw new IllegalArgumentException("the speed left to " + target + " must be in [0, 1], got " + speed);
        }
    }

    /** Whether its target is down. */
    boolean isOutage() {
        return speed == 0;
    }

    /** Whether its target goes down and never comes back. */
    boolean isForever() {
        return isOutage() && Double.isInfinite(untilSeconds);
    }

    boolean covers(double time) {
        return time >= fromSeconds && time < untilSeconds;
    }
}
