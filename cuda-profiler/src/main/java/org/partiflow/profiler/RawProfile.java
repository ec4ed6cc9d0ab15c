package org.partiflow.profiler;

import java.util.List;

/**
 * What the measuring program found out about one GPU ({@code profile-raw/1}). Immutable, valid by construction.
 *
 * @param partiflow format and version, always {@value #FORMAT}
 * @param driverVersion CUDA version of the driver, 1000 x major + 10 x minor
 * @param runtimeVersion CUDA version of the program, as above
 * @param device facts about the GPU
 * @param launch start-up of an empty kernel, launched back to back
 * @param copies copies by kind and size
 * @param gemms matrix products by kernel and size
 */
public record RawProfile(
        String partiflow,
        int driverVersion,
        int runtimeVersion,
        Device device,
        Launch launch,
        List<Copy> copies,
        List<Gemm> gemms) {
    /** Format and version. */
    public static final String FORMAT = "profile-raw/1";

    /** Rejects other formats and empty series; copies the lists. */
    public RawProfile {
        if (!partiflow.equals(FORMAT)) {
            throw new IllegalArgumentException("the format must be " + FORMAT + ", got '" + partiflow + "'");
        }
        Require.positive("driverVersion", driverVersion);
        Require.positive("runtimeVersion", runtimeVersion);
        copies = List.copyOf(copies);
        gemms = List.copyOf(gemms);
        if (copies.isEmpty() || gemms.isEmpty()) {
            throw new IllegalArgumentException("a profile needs copies and gemms");
        }
    }

    /**
     * Facts about the GPU.
     *
     * @param name product name
     * @param computeCapability major.minor
     * @param multiprocessors number of streaming multiprocessors
     * @param memoryBytes device memory
     * @param l2Bytes second-level cache
     * @param clockHertz highest clock
     * @param memoryClockHertz highest memory clock
     * @param memoryBusBits width of the memory bus
     */
    public record Device(
            String name,
            String computeCapability,
            int multiprocessors,
            long memoryBytes,
            long l2Bytes,
            double clockHertz,
            double memoryClockHertz,
            int memoryBusBits) {
        /** Rejects empty names and counts that are not positive. */
        public Device {
            Require.text("name", name);
            Require.text("computeCapability", computeCapability);
            Require.positive("multiprocessors", multiprocessors);
            Require.positive("memoryBytes", memoryBytes);
        }
    }

    /**
     * Start-up of a kernel.
     *
     * @param timing per launch
     */
    public record Launch(Timing timing) {}

    /**
     * A copy.
     *
     * @param kind {@code device-to-device}, {@code host-to-device} or {@code device-to-host}
     * @param bytes size
     * @param timing per copy
     */
    public record Copy(String kind, long bytes, Timing timing) {
        /** Rejects unknown kinds and empty copies. */
        public Copy {
            if (!List.of("device-to-device", "host-to-device", "device-to-host").contains(kind)) {
                throw new IllegalArgumentException("unknown kind of copy '" + kind + "'");
            }
            Require.positive("bytes", bytes);
        }

        /** Bytes per second that arrive; a device-to-device copy moves twice as many through the memory. */
        public double bytesPerSecond() {
            return bytes / timing.medianSeconds();
        }
    }

    /**
     * A product of an m x k by a k x n matrix.
     *
     * @param kernel {@code wmma} (the program's own: a lower bound of what libraries reach) or {@code cublas}
     * @param precision number format of the inputs
     * @param m rows
     * @param n columns
     * @param k inner dimension
     * @param timing per product
     * @param relativeError largest deviation from the CPU reference over its largest value, on the checked size
     */
    public record Gemm(String kernel, String precision, long m, long n, long k, Timing timing, double relativeError) {
        /** Rejects empty names, sizes that are not positive and errors that are not numbers. */
        public Gemm {
            Require.text("kernel", kernel);
            Require.text("precision", precision);
            Require.positive("m", m);
            Require.positive("n", n);
            Require.positive("k", k);
            if (!(relativeError >= 0 && relativeError < 1)) {
                throw new IllegalArgumentException("relativeError must be in [0, 1), got " + relativeError);
            }
        }

        /** Floating-point operations per second. */
        public double flopPerSecond() {
            return 2.0 * m * n * k / timing.medianSeconds();
        }
    }
}
