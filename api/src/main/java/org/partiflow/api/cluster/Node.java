package org.partiflow.api.cluster;

/**
 * A machine with GPUs of one type.
 *
 * @param id unique in the cluster; its GPUs are named {@code id/0}, {@code id/1}, ...
 * @param gpu type of its GPUs
 * @param count number of GPUs, at least 1
 * @param zone name of its zone
 * @param intraNode connection between two of its GPUs; one way, per GPU
 * @param nic network interface, shared by its GPUs
 * @param pricePerGpuHourUsd price of one GPU, US dollars per hour
 */
public record Node(String id, GpuType gpu, int count, String zone, Link intraNode, Nic nic, double pricePerGpuHourUsd) {
    /** Rejects an empty id or zone, no GPUs, or a price that is not a finite non-negative number. */
    public Node {
        if (id.isBlank() || zone.isBlank()) {
            throw new IllegalArgumentException("a node needs an id and a zone");
        }
        if (count < 1) {
            throw new IllegalArgumentException("node '" + id + "' needs at least one GPU, has " + count);
        }
        if (intraNode.kind() == LinkKind.NETWORK) {
            throw new IllegalArgumentException("node '" + id + "': a network is no intra-node link");
        }
        if (!(pricePerGpuHourUsd >= 0) || Double.isInfinite(pricePerGpuHourUsd)) {
            throw new IllegalArgumentException("node '" + id + "' has the price " + pricePerGpuHourUsd);
        }
    }
}
