package org.partiflow.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What Jazzer calls; the name of the target is its only argument. */
public final class ReaderFuzzer {
    private static final List<String> COMPLETE = List.of("""
            partiflow: cluster/1
            name: one
            nodes: [{id: n, gpu: L4, count: 1, nic: {bandwidth: 10 Gbit/s, latency: 10 us}}]
            """, """
            {"items": [{"metadata": {"name": "n", "labels": {"nvidia.com/gpu.product": "L4", "nvidia.com/gpu.count": "1"}}}]}
            """);

    private static Target target = Target.CLUSTER;

    private ReaderFuzzer() {}

    /** Chooses the target, and loads what all targets need, so that no single input seems slow for that. */
    public static void fuzzerInitialize(String[] arguments) throws IOException {
        target = Target.named(arguments[0]);
        for (String text : COMPLETE) {
            byte[] data = text.getBytes(StandardCharsets.UTF_8);
            Target.CLUSTER.read(data);
            Target.KUBERNETES.read(data);
            target.read(data);
        }
    }

    /** Reads one input; whatever it throws is a finding. */
    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        target.read(data);
    }
}
