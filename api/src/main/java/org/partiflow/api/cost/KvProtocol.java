package org.partiflow.api.cost;

import org.partiflow.api.cluster.LinkKind;
import org.partiflow.api.model.Precision;

/**
 * How a KV cache travels: over which transport on each kind of link, on which schedule, in which encoding.
 *
 * @param nvlink transport over NVLink and NVSwitch
 * @param pcie transport over PCI Express
 * @param network transport between nodes
 * @param schedule when the parts of a cache are sent
 * @param encoding number format on the wire
 */
public record KvProtocol(
        KvTransport nvlink, KvTransport pcie, KvTransport network, Schedule schedule, Encoding encoding) {
    /** When the parts of a cache are sent. */
    public enum Schedule {
        /** All at once when the prompt is done. */
        BULK("bulk"),
        /** Each chunk of a prompt while the next is computed. */
        PER_CHUNK("per-chunk"),
        /** Each layer while the next is computed. */
        PER_LAYER("per-layer");

        private final String label;

        Schedule(String label) {
            this.label = label;
        }

        /** Name in files and on the command line. */
        public String label() {
            return label;
        }
    }

    /** Number format on the wire. */
    public enum Encoding {
        /** As stored in the cache. */
        AS_STORED("as-stored", 1),
        /** 8-bit floating point: half of 16 bits. */
        FP8("fp8", 0.5),
        /** 4-bit integers with scales, after ThunderServe (arXiv 2502.09334): a quarter of 16 bits, and scales. */
        INT4("int4", 0.28125);

        private final String label;
        private final double ratio;

        Encoding(String label, double ratio) {
            this.label = label;
            this.ratio = ratio;
        }

        /** Name in files and on the command line. */
        public String label() {
            return label;
        }

        /**
         * Bytes on the wire over bytes in the cache, given the cache's element size. Never above 1: a cache that is
         * already smaller is sent as stored.
         */
        public double ratio(double storedBytesPerElement) {
            return Math.min(1, ratio * 2 / (this == AS_STORED ? 2 : storedBytesPerElement));
        }
    }

    /** NVLink and PCIe peer to peer, GPUDirect RDMA between nodes; layer by layer, as stored. */
    public static final KvProtocol DEFAULT = new KvProtocol(
            KvTransport.NVLINK_P2P, KvTransport.PCIE_P2P, KvTransport.RDMA_GDR, Schedule.PER_LAYER, Encoding.AS_STORED);

    /** The transport used on links of this kind. */
    public KvTransport transport(LinkKind kind) {
        return switch (kind) {
            case NVLINK, NVSWITCH -> nvlink;
            case PCIE -> pcie;
            case NETWORK -> network;
        };
    }

    /**
     * Name of the protocol as used over links of this kind: transport/schedule/encoding, the last being the number
     * format on the wire.
     */
    public String nameOn(LinkKind kind, Precision stored) {
        String format = encoding != Encoding.AS_STORED
                ? encoding.label()
                : stored == Precision.FP8 ? Encoding.FP8.label() : "fp16";
        return transport(kind).name() + "/" + schedule.label() + "/" + format;
    }
}
