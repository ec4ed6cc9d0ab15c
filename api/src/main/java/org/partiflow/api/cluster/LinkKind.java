package org.partiflow.api.cluster;

/** The physical kind of a connection between GPUs. */
public enum LinkKind {
    /** Direct NVLink between GPUs of one node. */
    NVLINK,
    /** NVLink through a switch: every pair of the node at full rate. */
    NVSWITCH,
    /** PCI Express inside a node. */
    PCIE,
    /** Network between nodes. */
    NETWORK
}
