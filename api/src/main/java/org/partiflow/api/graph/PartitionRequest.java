package org.partiflow.api.graph;

import org.partiflow.api.control.SolveControl;

/**
 * Asks for a partition that keeps heavy edges inside blocks: minimise the weight of the edges between blocks subject to
 * the balance.
 *
 * @param graph what to partition
 * @param blocks number of blocks, in [1, number of vertices]
 * @param imbalance no block may weigh more than (1 + imbalance) * ceil(total / blocks); at least 0
 * @param minBlockWeight no block may weigh less; at least 0. A hard limit: below it a block cannot hold the model
 * @param seed seed of everything random
 * @param control limits and progress
 */
public record PartitionRequest(
        DeviceGraph graph, int blocks, double imbalance, long minBlockWeight, long seed, SolveControl control) {
    /** Rejects values out of range. */
    public PartitionRequest {
        if (blocks < 1 || blocks > graph.size()) {
            throw new IllegalArgumentException("blocks must be in [1, " + graph.size() + "], got " + blocks);
        }
        if (!(imbalance >= 0) || minBlockWeight < 0) {
            throw new IllegalArgumentException(
                    "imbalance and least block weight must not be negative: " + imbalance + ", " + minBlockWeight);
        }
    }

    /** Most that a block may weigh. */
    public long maxBlockWeight() {
        long total = graph.totalWeight();
        double ceiling = (1 + imbalance) * (double) ((total + blocks - 1) / blocks);
        return ceiling >= total ? total : (long) ceiling;
    }

    /** The same request with another imbalance. */
    public PartitionRequest withImbalance(double other) {
        return new PartitionRequest(graph, blocks, other, minBlockWeight, seed, control);
    }

    /** The same request with the least imbalance at which a block may weigh {@code weight}; at least 0. */
    public PartitionRequest allowing(long weight) {
        long total = graph.totalWeight();
        double share = (double) ((total + blocks - 1) / blocks);
        double needed = Math.max(0, weight / share - 1);
        PartitionRequest request = withImbalance(needed);
        while (request.maxBlockWeight() < weight) {
            needed += Math.ulp(1 + needed);
            request = withImbalance(needed);
        }
        return request;
    }
}
