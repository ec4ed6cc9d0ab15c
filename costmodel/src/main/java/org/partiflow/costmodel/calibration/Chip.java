package org.partiflow.costmodel.calibration;

import java.util.List;
import org.partiflow.api.cluster.GpuType;
import org.partiflow.api.unit.ComputeRate;

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
        /** A100, A800, A30. */
        AMPERE_HBM,
        /** A40, A6000, A10, RTX 3090. */
        AMPERE_GDDR,
        /** L4, L40, L40S, RTX 4090, RTX 6000 Ada, and Blackwell with graphics memory. */
        ADA,
        /** H100, H200, H20, H800, GH200, B200, B300 and what is unknown. */
        HOPPER,
        /** T4, V100. */
        TURING;

        /** 2 within a family, 3 among families with graphics memory, else 4. */
        int distance(Family other) {
            return this == other ? 2 : hasGraphicsMemory() && other.hasGraphicsMemory() ? 3 : 4;
        }

        private boolean hasGraphicsMemory() {
            return this == ADA || this == AMPERE_GDDR;
        }
    }

    /** Data-centre GPUs that keep error-correcting codes in their graphics memory. */
    private static final List<String> CORRECTING = List.of("A40", "A10", "L40S", "L40", "L4", "T4");

    private static final double CORRECTION = 0.125;

    private record Entry(String prefix, int processors, int cacheMegabytes, double teraflopsPerWatt, Family family) {}

    // NVIDIA's architecture whitepapers and datasheets: processors, L2 in MB, nominal dense 16-bit TFLOP/s per watt.
    // First match wins: longer prefixes stand before shorter ones.
    private static final List<Entry> CHIPS = List.of(
            new Entry("A100", 108, 40, 0.78, Family.AMPERE_HBM),
            new Entry("A800", 108, 40, 0.78, Family.AMPERE_HBM),
            new Entry("A30", 56, 24, 1, Family.AMPERE_HBM),
            new Entry("A40", 84, 6, 0.5, Family.AMPERE_GDDR),
            new Entry("A6000", 84, 6, 0.52, Family.AMPERE_GDDR),
            new Entry("A10", 72, 6, 0.83, Family.AMPERE_GDDR),
            new Entry("RTX3090", 82, 6, 0.2, Family.AMPERE_GDDR),
            new Entry("L40S", 142, 96, 1.03, Family.ADA),
            new Entry("L40", 142, 96, 0.6, Family.ADA),
            new Entry("L4", 58, 48, 1.68, Family.ADA),
            new Entry("RTX4090", 128, 72, 0.37, Family.ADA),
            new Entry("RTX5090", 170, 96, 0.36, Family.ADA),
            new Entry("RTX-6000-Ada", 142, 96, 1.21, Family.ADA),
            new Entry("RTX-PRO", 188, 128, 0.78, Family.ADA),
            new Entry("T4", 40, 4, 0.93, Family.TURING),
            new Entry("V100", 80, 6, 0.42, Family.TURING),
            new Entry("H100-PCIe", 114, 50, 2.16, Family.HOPPER),
            new Entry("H20-", 78, 60, 0.37, Family.HOPPER),
            new Entry("B200", 148, 126, 2.25, Family.HOPPER),
            new Entry("GB200", 148, 126, 2.08, Family.HOPPER),
            new Entry("B300", 148, 126, 2.05, Family.HOPPER),
            new Entry("GB300", 148, 126, 1.79, Family.HOPPER),
            new Entry("", 132, 50, 1.41, Family.HOPPER));

    /** The chip of a GPU type, by the start of its name; an unknown name counts as Hopper-like. O(chips). */
    public static Chip of(GpuType type) {
        Entry entry = entry(type.name());
        int processors = type.name().equals("H20") ? 78 : entry.processors();
        return new Chip(type, processors, entry.cacheMegabytes() * 1e6, entry.family());
    }

    private static Entry entry(String name) {
        return CHIPS.stream()
                .filter(entry -> name.startsWith(entry.prefix()))
                .findFirst()
                .orElseThrow();
    }

    /**
     * A relative's parameters for this GPU. With graphics memory clocks fall to what the power limit allows,
     * about as the square root of watts over nominal FLOP/s (L4, L40S and RTX 4090 reach 0.42, 0.55 and 0.97 of their rates at
     * 1.7, 1.0 and 0.37 TFLOP/s a watt). Error correction within graphics memory takes an eighth of its bandwidth.
     * Rates of links follow NVLink's where both have one.
     */
    double[] moved(KernelLaw law, double[] parameters, String relative) {
        Entry other = entry(relative);
        Entry own = entry(type.name());
        double[] moved = parameters.clone();
        if (own.family().hasGraphicsMemory()) {
            scale(moved, law.computeShares(), Math.sqrt(other.teraflopsPerWatt() / own.teraflopsPerWatt()));
        }
        scale(moved, law.memoryShares(), memoryShare(own) / memoryShare(other));
        double links = nvlinkBytesPerSecond(type.name()) / nvlinkBytesPerSecond(relative);
        if (links > 0 && links < Double.POSITIVE_INFINITY) {
            for (int rate : law.linkRates()) {
                moved[rate] += Math.log(links);
            }
        }
        return moved;
    }

    /** Whether links between GPUs of one type say something of another's: the same GPU, or both with NVLink or without. */
    static boolean sameKindOfLinks(String one, String other) {
        return one.equals(other) || nvlinkBytesPerSecond(one) > 0 == nvlinkBytesPerSecond(other) > 0;
    }

    /**
     * Datasheet bandwidth of NVLink, one way per GPU, bytes per second, where a module cannot be had without it; 0 for
     * others: whether cards are bridged, or how a host joins them, no name tells.
     */
    static double nvlinkBytesPerSecond(String name) {
        if (name.matches("G?B[23]00.*")) {
            return 900e9;
        }
        if (name.matches("(H100-SXM|H200|H20-|GH200).*") || name.equals("H20")) {
            return 450e9;
        }
        if (name.matches("[AH]800-SXM.*")) {
            return 200e9;
        }
        return name.startsWith("A100-SXM") ? 300e9 : name.startsWith("V100-SXM") ? 150e9 : 0;
    }

    private static void scale(double[] parameters, int[] shares, double factor) {
        for (int share : shares) {
            parameters[share] = factor > 1
                    ? Math.max(parameters[share], Math.min(0, parameters[share] + Math.log(factor)))
                    : parameters[share] + Math.log(factor);
        }
    }

    private static double memoryShare(Entry entry) {
        return CORRECTING.contains(entry.prefix()) ? 1 - CORRECTION : 1;
    }

    /** This GPU with its rate of 8-bit integers, twice that of 16 bits, for all operands of a byte. */
    Chip withIntegers() {
        double rate = Math.max(2 * type.fp16().flopPerSecond(), type.fp8().flopPerSecond());
        GpuType integers = new GpuType(
                type.name(),
                type.memory(),
                type.memoryBandwidth(),
                type.fp16(),
                new ComputeRate(rate),
                type.pricePerHourUsd(),
                type.source());
        return new Chip(integers, processors, cacheBytes, family);
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
