package org.partiflow.api.cluster;

import java.time.Duration;
import java.util.List;

/**
 * The network above the NICs. Inside a zone only the NICs limit; two zones without a {@link ZoneLink} are not connected.
 *
 * @param zoneLatency latency between two nodes of one zone, beside the NICs' own
 * @param between the connections between zones
 */
public record Fabric(Duration zoneLatency, List<ZoneLink> between) {
    /** No limit but the NICs, no connection between zones. */
    public static final Fabric NIC_ONLY = new Fabric(Duration.ZERO, List.of());

    /** Copies the list; rejects a negative latency. */
    public Fabric {
        between = List.copyOf(between);
        if (zoneLatency.isNegative()) {
            throw new IllegalArgumentException("zone latency must not be negative: " + zoneLatency);
        }
    }
}
