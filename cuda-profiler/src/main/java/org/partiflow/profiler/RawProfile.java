package org.partiflow.profiler;

import java.util.List;

/**
 * What the measuring program found out about one GPU ({@code profile-raw/1}). Immutable, valid by construction.
 *
 * @param partiflow format and version, always {@value #FORMAT}
 * @param measuredAt UTC time of the measurement, ISO 8601
 * @param mode {@code quick} or {@code full}
 * @param driverVersion newest CUDA version that the driver supports, 1000 x major + 10 x minor
 * @param runtimeVersion CUDA version of the program, as above
 * @param driver the driver's own version; empty if NVML was not found
 * @param libraries which libraries were looked for and found
 * @param device facts about the GPU
 * @param launches what starting work costs
 * @param memory bandwidth of the device memory by size
 * @param copies copies between host and device by size
 * @param gemms matrix products
 * @param decodeAttention attention of one new token per sequence
 * @param prefillAttention causal attention of whole prompts
 * @param kv gathering, scattering and encoding of a paged KV cache
 * @param peers copies to other GPUs of the machine; empty where there are none
 * @param collectives NCCL operations; empty where there are none
 */
public record RawProfile(
        String partiflow,
        String measuredAt,
        String mode,
        int driverVersion,
        int runtimeVersion,
        String driver,
        List<Library> libraries,
        Device device,
        List<Measured.Launch> launches,
        List<Measured.Memory> memory,
        List<Measured.Copy> copies,
        List<Measured.Gemm> gemms,
        List<Measured.Decode> decodeAttention,
        List<Measured.Prefill> prefillAttention,
        List<Measured.Kv> kv,
        List<Measured.PeerCopy> peers,
        List<Measured.Collective> collectives) {
    /** Format and version. */
    public static final String FORMAT = "profile-raw/1";

    /** Rejects other formats and empty series; copies the lists. */
    public RawProfile {
        if (!partiflow.equals(FORMAT)) {
            throw new IllegalArgumentException("the format must be " + FORMAT + ", got '" + partiflow + "'");
        }
        Require.text("measuredAt", measuredAt);
        Require.oneOf("mode", mode, List.of("quick", "full"));
        Require.positive("driverVersion", driverVersion);
        Require.positive("runtimeVersion", runtimeVersion);
        libraries = List.copyOf(libraries);
        launches = Require.filled("launches", launches);
        memory = Require.filled("memory", memory);
        copies = Require.filled("copies", copies);
        gemms = Require.filled("gemms", gemms);
        decodeAttention = Require.filled("decodeAttention", decodeAttention);
        prefillAttention = Require.filled("prefillAttention", prefillAttention);
        kv = Require.filled("kv", kv);
        peers = List.copyOf(peers);
        collectives = List.copyOf(collectives);
    }

    /**
     * A library that the program looked for.
     *
     * @param name which
     * @param found whether it could be opened
     * @param path where; empty if it was not found
     * @param version its own number for its version; -1 if unknown
     */
    public record Library(String name, boolean found, String path, long version) {
        /** Rejects an empty name. */
        public Library {
            Require.text("name", name);
        }
    }

    /**
     * Facts about the GPU. The last six are -1 where the driver's library was missing or did not tell.
     *
     * @param name product name
     * @param computeCapability major.minor
     * @param multiprocessors number of streaming multiprocessors
     * @param memoryBytes device memory
     * @param l2Bytes second-level cache
     * @param clockHertz highest clock
     * @param memoryClockHertz highest memory clock
     * @param memoryBusBits width of the memory bus
     * @param currentClockMegahertz clock when the program started
     * @param powerLimitMilliwatts enforced power limit
     * @param ecc 1 if error correction is on, 0 if off
     * @param pcieGeneration highest of the link
     * @param pcieWidth lanes, highest of the link
     * @param nvlinkLanes NVLink lanes that are up
     */
    public record Device(
            String name,
            String computeCapability,
            int multiprocessors,
            long memoryBytes,
            long l2Bytes,
            double clockHertz,
            double memoryClockHertz,
            int memoryBusBits,
            int currentClockMegahertz,
            int powerLimitMilliwatts,
            int ecc,
            int pcieGeneration,
            int pcieWidth,
            int nvlinkLanes) {
        /** Rejects empty names and counts that are not positive. */
        public Device {
            Require.text("name", name);
            Require.text("computeCapability", computeCapability);
            Require.positive("multiprocessors", multiprocessors);
            Require.positive("memoryBytes", memoryBytes);
        }
    }
}
