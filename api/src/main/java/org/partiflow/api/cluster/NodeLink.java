package org.partiflow.api.cluster;

import java.time.Duration;
import org.partiflow.api.unit.Bandwidth;

/**
 * An exception for one pair of nodes. A link that is no faster than both NICs caps the path through them; a faster one
 * is a cable of its own and bypasses the NICs and the zone link.
 *
 * @param nodeA one node's id
 * @param nodeB the other node's id
 * @param bandwidth bandwidth each way
 * @param latency one-way latency of the pair
 */
public record NodeLink(String nodeA, String nodeB, Bandwidth bandwidth, Duration latency) {
    /** Rejects a link of a node to itself and a negative latency. */
    public NodeLink {
        if (nodeA.equals(nodeB)) {
            throw new IllegalArgumentException("a node link joins two nodes, got '" + nodeA + "' twice");
        }
        if (latency.isNegative()) {
            throw new IllegalArgumentException("node link latency must not be negative: " + latency);
        }
    }
}
