package org.partiflow.costmodel;

import org.partiflow.api.cluster.GpuType;
import org.partiflow.api.model.Precision;

/**
 * Time of matrix products on one GPU: the smooth maximum of compute and memory time. Weights of fewer bytes move faster;
 * the arithmetic runs at the fp16 rate unless weights are fp8 and the GPU computes in fp8. Immutable and thread-safe.
 *
 * @param flopPerSecond reachable compute rate
 * @param bytesPerSecond reachable memory bandwidth
 */
public record GemmLaw(double flopPerSecond, double bytesPerSecond) {
    /** Start-up of one kernel in a CUDA graph, seconds; between the fits for H100 (3.4 us) and A100 (6.3 us). */
    public static final double KERNEL_SECONDS = 4.5e-6;

    /** Start-up of the kernel that quantises activations before an fp8 product, seconds; fits 1 to 2 us. */
    public static final double QUANTISE_SECONDS = 2e-6;

    /** The law for a GPU, its efficiencies and the weights' number format. */
    public static GemmLaw of(GpuType type, GpuEfficiency efficiency, Precision weights) {
        double rate = type.fp16().flopPerSecond() * efficiency.compute();
        if (weights == Precision.FP8) {
            rate = Math.max(rate, type.fp8().flopPerSecond() * efficiency.fp8Compute());
        }
        return new GemmLaw(rate, type.memoryBandwidth().bytesPerSecond() * efficiency.memory());
    }

    /** Seconds of {@code flop} operations that move {@code bytes}, without start-up. */
    public double seconds(double flop, double bytes) {
        return SmoothMaximum.of(flop / flopPerSecond, bytes / bytesPerSecond);
    }

    /**
     * Seconds of one product of an m x k by a k x n matrix, start-up included.
     *
     * @param m rows of the activations (tokens)
     * @param n columns of the weights
     * @param k inner dimension
     * @param weights number format of the weights; fp8 products read fp8 activations as well
     */
    public double productSeconds(double m, double n, double k, Precision weights) {
        double activationBytes = weights == Precision.FP8 ? 1 : 2;
        double bytes = n * k * weights.bytes() + m * k * activationBytes + 2 * m * n;
        double quantise = weights == Precision.FP8 ? QUANTISE_SECONDS : 0;
        return KERNEL_SECONDS
                + quantise
                + k * EngineOverheads.DEFAULT.innerDimensionSeconds()
                + seconds(2 * m * n * k, bytes);
    }
}
