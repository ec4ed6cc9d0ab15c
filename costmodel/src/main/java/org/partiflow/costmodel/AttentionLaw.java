package org.partiflow.costmodel;

import org.partiflow.api.cluster.GpuType;

/**
 * Time of attention kernels on one GPU (FlashAttention-like): prefill adds compute and the traffic of activations,
 * decode takes the smooth maximum of reading the cache and computing. Immutable and thread-safe.
 *
 * @param prefillFlopPerSecond reachable compute rate over long prompts
 * @param decodeFlopPerSecond reachable compute rate of one query row per sequence
 * @param latentFlopPerSecond the same over a latent cache, which all heads of a sequence share as one matrix product
 * @param activationBytesPerSecond reachable bandwidth for queries, keys, values and outputs
 * @param cacheBytesPerSecond reachable bandwidth for paged caches
 */
public record AttentionLaw(
        double prefillFlopPerSecond,
        double decodeFlopPerSecond,
        double latentFlopPerSecond,
        double activationBytesPerSecond,
        double cacheBytesPerSecond) {
    /** Start-up of one attention kernel and of writing the new cache entries, seconds; fits give 10 to 16 us. */
    public static final double KERNEL_SECONDS = 12e-6;

    /** Attention over matrix products: 0.70/0.75, 0.72/0.77, 0.54/0.545 on A100, H100 and L40S. */
    private static final double PREFILL_OVER_GEMM = 0.95;

    /** Small query tiles; the fits bound it only weakly. */
    private static final double DECODE_OVER_GEMM = 0.35;

    /** FlashMLA on H800: 580 to 660 of 989 TFLOP/s where it computes, 3,000 of 3,350 GB/s where it reads. */
    private static final double LATENT_OVER_GEMM = 0.85;

    private static final double ACTIVATION_BANDWIDTH = 0.5;

    /** The law for a GPU and its efficiencies. */
    public static AttentionLaw of(GpuType type, GpuEfficiency efficiency) {
        double compute = type.fp16().flopPerSecond() * efficiency.compute();
        double bandwidth = type.memoryBandwidth().bytesPerSecond();
        return new AttentionLaw(
                compute * PREFILL_OVER_GEMM,
                compute * DECODE_OVER_GEMM,
                compute * LATENT_OVER_GEMM,
                bandwidth * ACTIVATION_BANDWIDTH,
                bandwidth * efficiency.decodeKv());
    }

    /** Seconds of prefill attention with these operations and bytes of activations, without start-up. */
    public double prefillSeconds(double flop, double activationBytes) {
        return flop / prefillFlopPerSecond + activationBytes / activationBytesPerSecond;
    }

    /** Seconds of decode attention with these operations and bytes of cache, without start-up. */
    public double decodeSeconds(double flop, double cacheBytes) {
        return SmoothMaximum.of(flop / decodeFlopPerSecond, cacheBytes / cacheBytesPerSecond);
    }

    /** Seconds of decode attention in the latent space with these operations and bytes of cache, without start-up. */
    public double latentDecodeSeconds(double flop, double cacheBytes) {
        return SmoothMaximum.of(flop / latentFlopPerSecond, cacheBytes / cacheBytesPerSecond);
    }
}
