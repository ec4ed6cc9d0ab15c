package org.partiflow.api.cost;

import java.util.List;

/**
 * What a serving group can do in one phase.
 *
 * @param capacityRequestsPerSecond sustained rate
 * @param latencySeconds prefill: one batch of prompts through the pipeline; decode and colocated: one token for every
 *     sequence in flight
 * @param weightBytesPerGpu weights on each GPU, in stage order
 * @param kvCapacityTokens tokens that fit into the group's KV cache
 */
public record GroupPerformance(
        double capacityRequestsPerSecond,
        double latencySeconds,
        List<Double> weightBytesPerGpu,
        long kvCapacityTokens) {
    /** Copies the list. */
    public GroupPerformance {
        weightBytesPerGpu = List.copyOf(weightBytesPerGpu);
    }
}
