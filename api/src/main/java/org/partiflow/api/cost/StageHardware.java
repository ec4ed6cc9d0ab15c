package org.partiflow.api.cost;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.cluster.GpuType;
import org.partiflow.api.cluster.Link;

/**
 * What a stage runs on: a tensor-parallel set of GPUs. Equal hardware costs the same, so cost models may memoise by it.
 *
 * @param types the distinct GPU types, sorted by name; the slowest sets the pace
 * @param degree number of GPUs
 * @param link the slowest connection between two of them; for a single GPU, its own node's
 */
public record StageHardware(List<GpuType> types, int degree, Link link) {
    /** Copies the list; rejects a set without GPUs. */
    public StageHardware {
        types = List.copyOf(types);
        if (types.isEmpty() || degree < types.size()) {
            throw new IllegalArgumentException("a stage needs GPUs: " + types.size() + " types, degree " + degree);
        }
    }

    /**
     * The hardware of a tensor-parallel set. O(GPUs squared) time in the size of the set.
     *
     * @param cluster where the GPUs are
     * @param gpus distinct GPUs, at least one
     */
    public static StageHardware of(Cluster cluster, int[] gpus) {
        Link slowest = cluster.node(cluster.nodeOf(gpus[0])).intraNode();
        for (int i = 0; i < gpus.length; i++) {
            for (int j = i + 1; j < gpus.length; j++) {
                Link link = cluster.link(gpus[i], gpus[j]);
                if (isSlower(link, slowest)) {
                    slowest = link;
                }
            }
        }
        List<GpuType> types = IntStream.of(gpus)
                .mapToObj(cluster::gpuType)
                .distinct()
                .sorted(Comparator.comparing(GpuType::name))
                .toList();
        return new StageHardware(types, gpus.length, slowest);
    }

    private static boolean isSlower(Link a, Link b) {
        int byBandwidth = a.bandwidth().compareTo(b.bandwidth());
        return byBandwidth != 0 ? byBandwidth < 0 : a.latency().compareTo(b.latency()) > 0;
    }
}
