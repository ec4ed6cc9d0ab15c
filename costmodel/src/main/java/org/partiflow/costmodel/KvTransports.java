package org.partiflow.costmodel;

import java.util.List;
import org.partiflow.api.cost.KvTransport;

/**
 * The transports that KV caches can take, with their parameters and where these come from. Starting values: rows differ
 * in hardware, payload and software version and are no single benchmark. Stateless.
 */
public final class KvTransports {
    private static final String NOT_MEASURED = "; not measured";

    /** CUDA IPC push over NVLink. */
    public static final KvTransport NVLINK_P2P = KvTransport.NVLINK_P2P;

    /** NCCL send and receive over NVLink: one message per layer. */
    public static final KvTransport NVLINK_NCCL = new KvTransport(
            "nvlink-nccl", 0.1, 12e-6, 0, 0.70, "NCCL tuning.cc; nccl-tests on A100: 72 of 100 GB/s; set-up assumed");

    /** NVLink between nodes of one NVL domain: takes the network's place. */
    public static final KvTransport MULTI_NODE_NVLINK = new KvTransport(
            "mnnvl", 0.01, 10e-6, 4e-6, 0.80, "as nvlink-p2p, NCCL topo.h: B200 722 of 900 GB/s" + NOT_MEASURED);

    /** Peer copies over PCI Express under one switch. */
    public static final KvTransport PCIE_P2P = KvTransport.PCIE_P2P;

    /** Peer copies over PCI Express across sockets. */
    public static final KvTransport PCIE_CROSS_SOCKET = new KvTransport(
            "pcie-sys", 0.01, 15e-6, 4e-6, 0.62, "pcie-p2p with NCCL topo.h's factor 1.2 for Intel sockets");

    /** Through host memory, peer access switched off. */
    public static final KvTransport HOST_STAGED = new KvTransport(
            "host-staged", 0, 48e-6, 4e-6, 0.5, "DistServe issue 3: 24 us a copy, two copies; efficiency assumed");

    /** RDMA straight from GPU memory. */
    public static final KvTransport RDMA_GDR = KvTransport.RDMA_GDR;

    /** RDMA of a whole engine: vLLM with Mooncake, eight RoCE cards. */
    public static final KvTransport RDMA_VLLM_MOONCAKE = new KvTransport(
            "rdma-vllm-mooncake", 0.026, 0.39e-3, 0, 0.73, "Mooncake docs, vLLM Qwen3-8B TP8 on H800: fit to 9 sizes");

    /** RDMA of a whole engine: SGLang with Mooncake, four 400 Gbit/s cards. */
    public static final KvTransport RDMA_SGLANG_MOONCAKE = new KvTransport(
            "rdma-sglang-mooncake",
            0.026,
            1.84e-3,
            0,
            0.857,
            "Mooncake docs, SGLang Qwen3-235B TP8 on H20: fit to 9 sizes");

    /** RDMA through host memory. */
    public static final KvTransport RDMA_NO_GDR = new KvTransport(
            "rdma-nogdr", 0.026, 0.5e-3, 1e-6, 0.4, "Mooncake CPU to CPU; nixl 922 without GPUDirect: far lower");

    /** AWS Elastic Fabric Adapter, writes. */
    public static final KvTransport EFA = new KvTransport(
            "efa", 0.026, 0.4e-3, 0.7e-6, 0.91, "Mooncake efa_transport.md: 366 of 400 GB/s; first submit 26 ms");

    /** AWS Elastic Fabric Adapter, reads: the decode side pulls. */
    public static final KvTransport EFA_READ = new KvTransport(
            "efa-read", 0.026, 0.4e-3, 0.7e-6, 0.76, "Mooncake efa_transport.md: reads 304 of 400 GB/s; else as efa");

    /** NCCL send and receive over the network: one message per layer. */
    public static final KvTransport NCCL_NET = new KvTransport(
            "nccl-net", 1, 25e-6, 0, 0.85, "NCCL tuning.cc, nccl-tests: 23 to 34 us; set-up and efficiency assumed");

    /** Google Cloud's TCPXO. */
    public static final KvTransport TCPXO =
            new KvTransport("tcpxo", 0, 0.6e-3, 0, 0.92, "nixl PR 2276: 23 of 25 GB/s, 600 us at 4 KiB");

    /** TCP with a bounce through host memory. */
    public static final KvTransport TCP = new KvTransport(
            "tcp", 1e-3, 50e-6, 4e-6, 0.36, "Mooncake README: 4.6 times slower than RDMA at 0.9 to 0.97 of the line");

    /** TCP over one connection after a silent fallback: a scenario of its own. */
    public static final KvTransport TCP_FALLBACK = new KvTransport(
            "tcp-fallback",
            1e-3,
            1e-3,
            4e-6,
            0.05,
            "aiconfigurator transport.yaml: about 10 Gbit/s; vllm 52607, nixl 791");

    private static final List<KvTransport> ALL = List.of(
            NVLINK_P2P,
            NVLINK_NCCL,
            PCIE_P2P,
            PCIE_CROSS_SOCKET,
            HOST_STAGED,
            MULTI_NODE_NVLINK,
            RDMA_GDR,
            RDMA_VLLM_MOONCAKE,
            RDMA_SGLANG_MOONCAKE,
            RDMA_NO_GDR,
            EFA,
            EFA_READ,
            NCCL_NET,
            TCPXO,
            TCP,
            TCP_FALLBACK);

    private KvTransports() {}

    /** All built-in transports, NVLink first, then PCI Express, then networks. */
    public static List<KvTransport> all() {
        return ALL;
    }
}
