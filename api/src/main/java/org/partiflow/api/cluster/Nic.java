package org.partiflow.api.cluster;

import java.time.Duration;
import org.partiflow.api.unit.Bandwidth;

/**
 * The network interface of a node, shared by its GPUs; full duplex.
 *
 * @param bandwidth bandwidth each way
 * @param latency latency added at this end
 */
public record Nic(Bandwidth bandwidth, Duration latency) {
    /** Rejects a negative latency. */
    public Nic {
        if (latency.isNegative()) {
            throw new IllegalArgumentException("NIC latency must not be negative: " + latency);
        }
    }
}
