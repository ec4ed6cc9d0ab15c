package org.partiflow.api.graph;

/**
 * Quality of a partition, computed from scratch in O(edges) time.
 *
 * @param cut sum of the weights of the edges between blocks
 * @param heaviestBlock weight of the heaviest block
 * @param lightestBlock weight of the lightest block
 * @param imbalance heaviest block over ceil(total / blocks), minus 1
 */
public record PartitionMetrics(long cut, long heaviestBlock, long lightestBlock, double imbalance) {
    /** Computes the metrics of {@code partition}, which must cover {@code graph}. */
    public static PartitionMetrics of(DeviceGraph graph, Partition partition) {
        if (partition.size() != graph.size()) {
            throw new IllegalArgumentException(
                    "the partition covers " + partition.size() + " of " + graph.size() + " vertices");
        }
        long[] weight = new long[partition.blocks()];
        long[] twiceCut = new long[1];
        for (int v = 0; v < graph.size(); v++) {
            int block = partition.blockOf(v);
            weight[block] += graph.vertexWeight(v);
            graph.forEachEdge(v, (neighbour, edge) -> {
                if (partition.blockOf(neighbour) != block) {
                    twiceCut[0] += edge;
                }
            });
        }
        long heaviest = java.util.Arrays.stream(weight).max().orElseThrow();
        long lightest = java.util.Arrays.stream(weight).min().orElseThrow();
        long total = graph.totalWeight();
        double share = (total + partition.blocks() - 1) / partition.blocks();
        return new PartitionMetrics(twiceCut[0] / 2, heaviest, lightest, heaviest / share - 1);
    }
}
