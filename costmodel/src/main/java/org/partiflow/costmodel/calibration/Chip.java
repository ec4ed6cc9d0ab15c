package org.partiflow.costmodel.calibration;

import java.util.List;
import org.partiflow.api.cluster.GpuType;

/**
 * What kernels see of a GPU: datasheet rates, number of streaming multiprocessors and L2 cache. Immutable.
 *
 * @param type the GPU with its rates
 * @param processors streaming multiprocessors
 * @param cacheBytes L2 cache, bytes
 * @param family GPUs whose fits may stand in for each other
 */
public record Chip(GpuType type, int processors, double cacheBytes, Family family) {
    /** Generations with like kernels; the fit of one member is the prior of another. */
    public enum Family {
        /** A100, A30. */
        AMPERE_HBM,
        /** A40, A6000, A10, RTX 3090. */
        AMPERE_GDDR,
        /** L4, L40, L40S, RTX 4090, RTX PRO 6000. */
        ADA,
        /** H100, H200, H20, B200 and what is unknown. */
        HOPPER,
        /** T4, V100. */
        TURING
    }

    private record Entry(String prefix, int processors, int cacheMegabytes, Family family) {}

    // NVIDIA's architecture whitepapers. First match wins: longer prefixes stand before shorter ones.
    private static final List<Entry> CHIPS = List.of(
            new Entry("A100", 108, 40, Family.AMPERE_HBM),
            new Entry("A30", 56, 24, Family.AMPERE_HBM),
            new Entry("A40", 84, 6, Family.AMPERE_GDDR),
            new Entry("A6000", 84, 6, Family.AMPERE_GDDR),
            new Entry("A10", 72, 6, Family.AMPERE_GDDR),
            new Entry("RTX3090", 82, 6, Family.AMPERE_GDDR),
            new Entry("L40", 142, 96, Family.ADA),
            new Entry("L4", 58, 48, Family.ADA),
            new Entry("RTX4090", 128, 72, Family.ADA),
            new Entry("RTX-PRO", 188, 128, Family.ADA),
            new Entry("T4", 40, 4, Family.TURING),
            new Entry("V100", 80, 6, Family.TURING),
            new Entry("H100-PCIe", 114, 50, Family.HOPPER),
            new Entry("H20-", 78, 60, Family.HOPPER),
            new Entry("B200", 148, 126, Family.HOPPER),
            new Entry("GB200", 148, 126, Family.HOPPER),
            new Entry("", 132, 50, Family.HOPPER));

    /** The chip of a GPU type, by the start of its name; an unknown name counts as Hopper-like. O(chips). */
    public static Chip of(GpuType type) {
        for (Entry entry : CHIPS) {
            if (type.name().startsWith(entry.prefix())) {
                int processors = type.name().equals("H20") ? 78 : entry.processors();
                return new Chip(type, processors, entry.cacheMegabytes() * 1e6, entry.family());
            }
        }
        throw new IllegalStateException("the last entry matches every name");
    }

    /** Datasheet arithmetic rate for operands of so many bytes, FLOP/s; without fp8 units the fp16 rate. */
    double flopPerSecond(double operandBytes) {
        double fp16 = type.fp16().flopPerSecond();
        return operandBytes < 2 ? Math.max(fp16, type.fp8().flopPerSecond()) : fp16;
    }

    /** Datasheet memory bandwidth, bytes per second. */
    double bytesPerSecond() {
        return type.memoryBandwidth().bytesPerSecond();
    }
}
