package org.partiflow.costmodel;

import org.partiflow.api.cluster.Link;
import org.partiflow.api.cluster.LinkKind;

/**
 * Piecewise alpha-beta law of an all-reduce over equal links. Over NVLink engines read small buffers from all peers at
 * once, larger ones in two such steps (reduce-scatter, all-gather), and leave the largest to a ring, which a switch that
 * adds (NVSwitch of the third generation) shortens; over PCI Express and networks there is the ring alone. Never falls
 * in the bytes, never rises in the bandwidth. Immutable and thread-safe; no allocation per call.
 */
public final class AllReduceLaw {
    /** Start-up of an engine's own kernel under CUDA graphs, and of its second step: fits to vLLM's on A100, H100. */
    private static final double DIRECT_SECONDS = 3e-6;

    private static final double SECOND_STEP_SECONDS = 4.8e-6;

    /** Shares of the link in one step, in two, in NVLink's ring and through an adding switch; fits to the same. */
    private static final double ONE_STEP = 0.6;

    private static final double TWO_STEPS = 0.68;
    private static final double RING = 0.73;
    private static final double ADDING_SWITCH = 0.6;

    /** Start-up of a pipelined ring over NVLink, on top of the kernel's: the same fits above 8 MB. */
    private static final double RING_SECONDS = 35e-6;

    /** Small buffers of more GPUs than engines' kernels join: NCCL's protocol of low latency, per doubling; rough fits. */
    private static final double DOUBLING_SECONDS = 5e-6;

    private static final double TREE = 0.4;

    /** vLLM's largest buffer of its own kernels, and their largest number of GPUs. */
    private static final double DIRECT_BYTES = 8e6;

    private static final int DIRECT_GPUS = 8;

    /** NVSwitch adds from the third generation on, 450 GB/s each way; NCCL uses it for all GPUs of a node. */
    private static final double ADDING_BYTES_PER_SECOND = 400e9;

    private static final int ADDING_GPUS = 8;

    /** Start-up over PCI Express: vLLM's and TensorRT-LLM's own kernels, fits 3.6 to 4.4 us. */
    private static final double PCIE_SECONDS = 3.5e-6;

    /** Start-up of NCCL over a network: base 8.4 us and hardware 14 us in NCCL's tuning.cc. */
    private static final double NETWORK_SECONDS = 22e-6;

    /** A link without bandwidth still gives finite times: a byte per second. */
    private static final double LEAST_BYTES_PER_SECOND = 1;

    private static final Line NEVER = new Line(0, 0);

    /** Below every buffer: the ring alone. */
    private static final double NO_DIRECT_BYTES = -1;

    private record Line(double startSeconds, double secondsPerByte) {
        double at(double bytes) {
            return startSeconds + bytes * secondsPerByte;
        }
    }

    private final Line oneStep;
    private final Line twoSteps;
    private final Line ring;
    private final double directBytes;
    private final double leastRingSeconds;

    private AllReduceLaw(Line oneStep, Line twoSteps, Line ring, double directBytes) {
        this.oneStep = oneStep;
        this.twoSteps = twoSteps;
        this.ring = ring;
        this.directBytes = directBytes;
        this.leastRingSeconds = direct(directBytes);
    }

    /**
     * The law for {@code degree} GPUs whose slowest pair is joined by {@code link}. A link without bandwidth counts as
     * one byte per second, so that times stay finite and hopeless. A single GPU takes no time.
     */
    public static AllReduceLaw of(Link link, int degree) {
        if (degree == 1) {
            return new AllReduceLaw(NEVER, NEVER, NEVER, NO_DIRECT_BYTES);
        }
        double rate = Math.max(LEAST_BYTES_PER_SECOND, link.bytesPerSecond());
        double ringBytes = 2.0 * (degree - 1) / degree;
        double latency = link.latencySeconds();
        return switch (link.kind()) {
            case NVLINK, NVSWITCH -> nvlink(link.kind(), rate, ringBytes, latency, degree);
            case PCIE -> ringOnly(PCIE_SECONDS + (degree - 1) * latency, ringBytes / rate, LinkKind.PCIE);
            case NETWORK -> ringOnly(NETWORK_SECONDS + 2 * (degree - 1) * latency, ringBytes / rate, LinkKind.NETWORK);
        };
    }

    private static AllReduceLaw nvlink(LinkKind kind, double rate, double ringBytes, double latency, int degree) {
        double start = DIRECT_SECONDS + latency;
        boolean adds = kind == LinkKind.NVSWITCH && rate >= ADDING_BYTES_PER_SECOND && degree >= ADDING_GPUS;
        double wire = adds ? Math.min(ringBytes / RING, 1 / ADDING_SWITCH) : ringBytes / RING;
        Line ring = new Line(start + RING_SECONDS, wire / rate);
        if (degree > DIRECT_GPUS) {
            double doublings = Math.log(degree) / Math.log(2);
            Line tree = new Line(start + DOUBLING_SECONDS * doublings, ringBytes / (TREE * rate));
            return new AllReduceLaw(tree, ring, ring, Double.POSITIVE_INFINITY);
        }
        return new AllReduceLaw(
                new Line(start, (degree - 1) / (ONE_STEP * rate)),
                new Line(start + SECOND_STEP_SECONDS, ringBytes / (TWO_STEPS * rate)),
                ring,
                DIRECT_BYTES);
    }

    private static AllReduceLaw ringOnly(double startSeconds, double secondsPerByte, LinkKind kind) {
        return new AllReduceLaw(
                NEVER, NEVER, new Line(startSeconds, secondsPerByte / efficiency(kind)), NO_DIRECT_BYTES);
    }

    /** Seconds of an all-reduce of {@code bytes} (the buffer of one rank). */
    public double seconds(double bytes) {
        return bytes <= directBytes ? direct(bytes) : Math.max(leastRingSeconds, ring.at(bytes));
    }

    private double direct(double bytes) {
        return Math.min(oneStep.at(bytes), twoSteps.at(bytes));
    }

    /** Share of a link's one-way bandwidth that large messages reach. */
    static double efficiency(LinkKind kind) {
        return switch (kind) {
            case NVLINK, NVSWITCH -> 0.65; // aiconfigurator all-reduce sweeps: A100 0.58, H100 0.66; large messages 0.7
            case PCIE -> 0.6; // L40S with two GPUs: 19 of 32 GB/s
            case NETWORK -> 0.8; // Mooncake, NCCL: 0.73 to 0.9 of line rate
        };
    }
}
