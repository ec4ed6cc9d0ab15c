package org.partiflow.api.cluster;

import java.time.Duration;
import org.partiflow.api.unit.Bandwidth;

/**
 * What connects two zones; shared by everything that crosses, each way.
 *
 * @param zoneA one zone
 * @param zoneB the other zone
 * @param bandwidth bandwidth each way
 * @param latency latency of crossing
 */
public record ZoneLink(String zoneA, String zoneB, Bandwidth bandwidth, Duration latency) {
    /** Rejects a link of a zone to itself and a negative latency. */
    public ZoneLink {
        if (zoneA.equals(zoneB)) {
            throw new IllegalArgumentException("a zone link joins two zones, got '" + zoneA + "' twice");
        }
        if (latency.isNegative()) {
            throw new IllegalArgumentException("zone link latency must not be negative: " + latency);
        }
    }
}
