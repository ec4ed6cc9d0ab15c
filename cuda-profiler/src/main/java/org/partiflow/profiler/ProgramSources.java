package org.partiflow.profiler;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The source files of the measuring program, as they lie in the library. Stateless. */
final class ProgramSources {
    static final String MAIN = "partiflow_profile.cu";

    private static final List<String> FILES = List.of(
            MAIN,
            "cublaslt.hpp",
            "decode_attention.cuh",
            "decode_kernel.cuh",
            "device_facts.cuh",
            "device_memory.cuh",
            "failure.cuh",
            "host_copies.cuh",
            "json_writer.hpp",
            "kv_blocks.cuh",
            "kv_kernels.cuh",
            "launches.cuh",
            "library.hpp",
            "memory_bandwidth.cuh",
            "nccl.hpp",
            "nvml.hpp",
            "options.hpp",
            "peers.cuh",
            "prefill_attention.cuh",
            "prefill_kernel.cuh",
            "products.cuh",
            "random_data.cuh",
            "reference.hpp",
            "rotation.cuh",
            "self_test.hpp",
            "session.cuh",
            "statistics.hpp",
            "timer.cuh",
            "wmma_product.cuh");

    private ProgramSources() {}

    /** Contents by file name, in the order of the names. */
    static Map<String, byte[]> all() throws IOException {
        Map<String, byte[]> sources = new TreeMap<>();
        for (String file : FILES) {
            try (InputStream stream = ProgramSources.class.getResourceAsStream(file)) {
                if (stream == null) {
                    throw new IllegalStateException(file + " is missing from the library");
                }
                sources.put(file, stream.readAllBytes());
            }
        }
        return sources;
    }

    /** Writes all files into a folder. */
    static void writeTo(Path folder) throws IOException {
        for (Map.Entry<String, byte[]> source : all().entrySet()) {
            Files.write(folder.resolve(source.getKey()), source.getValue());
        }
    }

    /** Removes what {@link #writeTo} wrote. */
    static void deleteFrom(Path folder) throws IOException {
        for (String file : FILES) {
            Files.deleteIfExists(folder.resolve(file));
        }
    }
}
