package org.partiflow.solvers.baseline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.solvers.strategy.GpuSet;
import org.partiflow.solvers.strategy.NodeClasses;

/** Nodes that are treated as if their GPUs were identical. Replicas are packed node after node. Immutable. */
final class Pool {
    private final Cluster cluster;
    private final NodeClasses classes;
    private final int[] nodes;

    Pool(Cluster cluster, NodeClasses classes, int[] nodes) {
        this.cluster = cluster;
        this.classes = classes;
        this.nodes = nodes.clone();
    }

    int gpuCount() {
        int gpus = 0;
        for (int node : nodes) {
            gpus += cluster.node(node).count();
        }
        return gpus;
    }

    int largestNode() {
        int largest = 0;
        for (int node : nodes) {
            largest = Math.max(largest, cluster.node(node).count());
        }
        return largest;
    }

    Packing packing() {
        return new Packing();
    }

    /** Replicas of one shape, as many as fit. */
    List<GpuSet> filledWith(ReplicaShape shape) {
        Packing packing = packing();
        List<GpuSet> sets = new ArrayList<>();
        for (Optional<GpuSet> next = packing.take(shape); next.isPresent(); next = packing.take(shape)) {
            sets.add(next.get());
        }
        return sets;
    }

    /** GPUs that are still free while replicas are placed. */
    final class Packing {
        private final int[] left = new int[nodes.length];
        private int firstFree;

        private Packing() {
            for (int i = 0; i < nodes.length; i++) {
                left[i] = cluster.node(nodes[i]).count();
            }
        }

        /** Takes the GPUs of a replica from the first nodes that have whole stages free; empty if it does not fit. */
        Optional<GpuSet> take(ReplicaShape shape) {
            while (firstFree < left.length && left[firstFree] == 0) {
                firstFree++;
            }
            GpuSet set = GpuSet.empty(classes);
            int missing = shape.stages();
            for (int i = firstFree; i < left.length && missing > 0; i++) {
                int stages = Math.min(missing, left[i] / shape.degree());
                if (stages > 0) {
                    set = set.plus(nodes[i], stages * shape.degree());
                    missing -= stages;
                }
            }
            if (missing > 0) {
                return Optional.empty();
            }
            for (int i = firstFree; i < left.length; i++) {
                left[i] -= set.countOf(nodes[i]);
            }
            return Optional.of(set);
        }
    }
}
