package org.partiflow.simulator;

/**
 * A GPU, a node or a link is slow or down for a time. Work on its way waits or goes on slowly, and nothing is lost: KV
 * memory survives. While a group has a stage that is down, new requests go to others if there are others. Immutable.
 *
 * @param target name of a GPU ({@code h0/1}), a node ({@code h0}) or a shared link ({@code h0/nic-out})
 * @param fromSeconds when it starts, simulated time
 * @param untilSeconds when it ends; infinity for never
 * @param speed what is left of its speed, in [0, 1]; 0 is down
 */
public record Disturbance(String target, double fromSeconds, double untilSeconds, double speed) {
    /** Rejects times that are not ascending and speeds out of range; what is down must come back. */
    public Disturbance {
        if (!(fromSeconds >= 0 && untilSeconds > fromSeconds)) {
            throw new IllegalArgumentException(
                    target + " cannot be disturbed from " + fromSeconds + " s to " + untilSeconds + " s");
        }
        if (!(speed >= 0 && speed <= 1)) {
            throw new IllegalArgumentException("the speed left to " + target + " must be in [0, 1], got " + speed);
        }
        if (speed == 0 && Double.isInfinite(untilSeconds)) {
            throw new IllegalArgumentException(target + " must come back: give the time when its outage ends");
        }
    }

    boolean covers(double time) {
        return time >= fromSeconds && time < untilSeconds;
    }
}
