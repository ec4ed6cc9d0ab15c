package org.partiflow.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Small cluster files. */
final class Clusters {
    private Clusters() {}

    /** Two nodes of two A100, enough for llama-2-7b. */
    static Path small(Path directory) throws IOException {
        return write(directory, "A100-PCIe-80GB", 2);
    }

    /** One T4, too small for llama-2-70b. */
    static Path tiny(Path directory) throws IOException {
        return write(directory, "T4", 1);
    }

    private static Path write(Path directory, String gpu, int count) throws IOException {
        String node = "  - {id: %s, gpu: %s, count: %d, intraNode: {kind: PCIE, bandwidth: 32 GB/s, latency: 8 us},"
                + " nic: {bandwidth: 100 Gbit/s, latency: 10 us}}\n";
        String text = "partiflow: cluster/1\nname: test\nnodes:\n" + node.formatted("n0", gpu, count)
                + node.formatted("n1", gpu, count);
        return Files.writeString(directory.resolve("cluster.yaml"), text);
    }
}
