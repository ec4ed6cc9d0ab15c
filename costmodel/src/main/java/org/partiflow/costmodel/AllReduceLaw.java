package org.partiflow.costmodel;

import org.partiflow.api.cluster.Link;
import org.partiflow.api.cluster.LinkKind;

/**
 * Alpha-beta law of an all-reduce over equal links: a start-up, and 2 (k-1)/k of the buffer over each link. Engines
 * exchange small buffers directly over NVLink (one hop), in a ring otherwise. Immutable and thread-safe.
 *
 * @param alphaSeconds start-up, hops' latency included; 0 for a single GPU
 * @param secondsPerByte per byte of the buffer; 0 for a single GPU
 */
public record AllReduceLaw(double alphaSeconds, double secondsPerByte) {
    /** Start-up of vLLM's and TensorRT-LLM's own kernels under CUDA graphs, fits 3.6 to 4.4 us. */
    private static final double DIRECT_SECONDS = 3.5e-6;

    /** Start-up of NCCL over a network: base 8.4 us and hardware 14 us in NCCL's tuning.cc. */
    private static final double NETWORK_SECONDS = 22e-6;

    /** A link without bandwidth still gives finite times: a byte per second. */
    private static final double LEAST_BYTES_PER_SECOND = 1;

    /**
     * The law for {@code degree} GPUs whose slowest pair is joined by {@code link}. A link without bandwidth counts as
     * one byte per second, so that times stay finite and hopeless.
     */
    public static AllReduceLaw of(Link link, int degree) {
        if (degree == 1) {
            return new AllReduceLaw(0, 0);
        }
        double rate = Math.max(LEAST_BYTES_PER_SECOND, link.bytesPerSecond() * efficiency(link.kind()));
        double alpha = startUp(link.kind()) + hops(link.kind(), degree) * link.latencySeconds();
        return new AllReduceLaw(alpha, 2.0 * (degree - 1) / degree / rate);
    }

    /** Seconds of an all-reduce of {@code bytes} (the buffer of one rank). */
    public double seconds(double bytes) {
        return alphaSeconds + bytes * secondsPerByte;
    }

    /** Share of a link's one-way bandwidth that large messages reach. */
    static double efficiency(LinkKind kind) {
        return switch (kind) {
            case NVLINK, NVSWITCH -> 0.65; // aiconfigurator all-reduce sweeps: A100 0.58, H100 0.66; large messages 0.7
            case PCIE -> 0.6; // L40S with two GPUs: 19 of 32 GB/s
            case NETWORK -> 0.8; // Mooncake, NCCL: 0.73 to 0.9 of line rate
        };
    }

    private static double startUp(LinkKind kind) {
        return kind == LinkKind.NETWORK ? NETWORK_SECONDS : DIRECT_SECONDS;
    }

    private static int hops(LinkKind kind, int degree) {
        return switch (kind) {
            case NVLINK, NVSWITCH -> 1;
            case PCIE -> degree - 1;
            case NETWORK -> 2 * (degree - 1);
        };
    }
}
