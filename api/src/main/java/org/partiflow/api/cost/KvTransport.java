package org.partiflow.api.cost;

/**
 * A way to move bytes between GPUs, with its cost parameters.
 *
 * @param name stable name, for example {@code rdma-gdr}
 * @param setupSeconds first contact between two groups
 * @param baseSeconds per message
 * @param descriptorSeconds per descriptor (block and layer) posted
 * @param efficiency share of the link's bandwidth that large messages reach, in (0, 1]
 * @param source where the figures come from
 */
public record KvTransport(
        String name,
        double setupSeconds,
        double baseSeconds,
        double descriptorSeconds,
        double efficiency,
        String source) {
    /** CUDA IPC over NVLink. */
    public static final KvTransport NVLINK_P2P = new KvTransport(
            "nvlink-p2p", 0.01, 10e-6, 4e-6, 0.8, "NCCL topo.h per-link rates: 0.80-0.82 of the nominal rate");

    /** Peer copies over PCI Express. */
    public static final KvTransport PCIE_P2P =
            new KvTransport("pcie-p2p", 0.01, 11e-6, 4e-6, 0.75, "NCCL topo.h: 12 GB/s on PCIe gen 3 x16 (15.75 GB/s)");

    /** RDMA straight from GPU memory. */
    public static final KvTransport RDMA_GDR = new KvTransport(
            "rdma-gdr",
            0.026,
            0.4e-3,
            1e-6,
            0.8,
            "Mooncake transfer engine, vLLM P/D tables: 0.39 ms, 0.73-0.86 of line rate");

    /** Rejects negative times and an efficiency outside (0, 1]. */
    public KvTransport {
        if (!(setupSeconds >= 0) || !(baseSeconds >= 0) || !(descriptorSeconds >= 0)) {
            throw new IllegalArgumentException("times of transport '" + name + "' must not be negative");
        }
        if (!(efficiency > 0 && efficiency <= 1)) {
            throw new IllegalArgumentException(
                    "efficiency of transport '" + name + "' must be in (0, 1], got " + efficiency);
        }
    }
}
