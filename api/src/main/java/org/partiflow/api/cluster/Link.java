package org.partiflow.api.cluster;

import java.time.Duration;
import org.partiflow.api.unit.Bandwidth;

/**
 * A connection as one transfer sees it: one way, undisturbed by others.
 *
 * @param kind physical kind
 * @param bandwidth one-way bandwidth; zero means that there is no connection
 * @param latency one-way latency, not negative
 */
public record Link(LinkKind kind, Bandwidth bandwidth, Duration latency) {
    /** Rejects a negative latency. */
    public Link {
        if (latency.isNegative()) {
            throw new IllegalArgumentException("link latency must not be negative: " + latency);
        }
    }

    /** One-way bandwidth in bytes per second. */
    public double bytesPerSecond() {
        return bandwidth.bytesPerSecond();
    }

    /** One-way latency in seconds. */
    public double latencySeconds() {
        return latency.toNanos() * 1e-9;
    }
}
