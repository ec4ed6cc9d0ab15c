package org.partiflow.api.plan;

/**
 * KV caches that flow from a prefill to a decode group.
 *
 * @param from id of the prefill group
 * @param to id of the decode group
 * @param flowRequestsPerSecond planned rate
 * @param capacityRequestsPerSecond rate of the path if this route had it alone
 * @param share part of the prefill group's requests that take this route
 * @param protocol transport/schedule/encoding
 */
public record Route(
        String from,
        String to,
        double flowRequestsPerSecond,
        double capacityRequestsPerSecond,
        double share,
        String protocol) {}
