package org.partiflow.api.graph;

/**
 * Quality of a phase partition, computed from scratch in O(groups squared) time.
 *
 * @param bandwidth sum of the bandwidths between a prefill and a decode group, bytes per second
 * @param prefillSupply what the prefill groups supply together
 * @param decodeSupply what the decode groups supply together
 */
public record PhaseMetrics(long bandwidth, long prefillSupply, long decodeSupply) {
    /** Computes the metrics of {@code partition}, which must cover {@code graph} with two blocks. */
    public static PhaseMetrics of(PhaseGraph graph, Partition partition) {
        if (partition.size() != graph.size() || partition.blocks() != 2) {
            throw new IllegalArgumentException("needs 2 blocks of " + graph.size() + " groups, got "
                    + partition.blocks() + " of " + partition.size());
        }
        long bandwidth = 0;
        long prefill = 0;
        long decode = 0;
        for (int a = 0; a < graph.size(); a++) {
            boolean prefills = partition.blockOf(a) == PhasePartitionRequest.PREFILL;
            prefill += prefills ? graph.prefillSupply(a) : 0;
            decode += prefills ? 0 : graph.decodeSupply(a);
            for (int b = 0; b < a; b++) {
                bandwidth += partition.blockOf(a) != partition.blockOf(b) ? graph.bandwidth(a, b) : 0;
            }
        }
        return new PhaseMetrics(bandwidth, prefill, decode);
    }

    /** What the slower side supplies. */
    public long supply() {
        return Math.min(prefillSupply, decodeSupply);
    }
}
