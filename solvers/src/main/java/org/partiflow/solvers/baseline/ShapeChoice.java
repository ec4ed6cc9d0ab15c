package org.partiflow.solvers.baseline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.partiflow.api.plan.Phase;
import org.partiflow.solvers.strategy.GpuSet;

/**
 * The enumeration of tensor and pipeline parallelism for a phase: every legal degree inside a node times every number
 * of stages; the best shape of each size counts, and of the sizes those that serve most per GPU.
 */
final class ShapeChoice {
    private static final int MOST_STAGES = 16;
    private static final int SIZES_KEPT = 8;

    /** A shape and the rate of one replica, as an operator who takes all GPUs of the pool for alike believes it. */
    record Rated(ReplicaShape shape, double requestsPerSecond) {
        double perGpu() {
            return requestsPerSecond / shape.gpus();
        }
    }

    private final Replicas replicas;

    ShapeChoice(Replicas replicas) {
        this.replicas = replicas;
    }

    /** Shapes that every replica of the pool could have in this phase, the most productive per GPU first. */
    List<Rated> of(Phase phase, Pool pool) {
        Map<Integer, Rated> bestOfSize = new TreeMap<>();
        for (int degree = 1; degree <= pool.largestNode(); degree++) {
            for (int stages = 1; stages <= MOST_STAGES; stages++) {
                ReplicaShape shape = new ReplicaShape(degree, stages);
                double rate = replicas.isLegal(shape) ? slowest(phase, shape, pool) : 0;
                if (rate > 0) {
                    bestOfSize.merge(
                            shape.gpus(),
                            new Rated(shape, rate),
                            (a, b) -> b.requestsPerSecond() > a.requestsPerSecond() ? b : a);
                }
            }
        }
        List<Rated> shapes = new ArrayList<>(bestOfSize.values());
        shapes.sort(Comparator.comparingDouble(Rated::perGpu).reversed());
        return shapes.subList(0, Math.min(SIZES_KEPT, shapes.size()));
    }

    /** The slowest replica's rate when the pool is filled with the shape: identical GPUs make all alike. */
    private double slowest(Phase phase, ReplicaShape shape, Pool pool) {
        double slowest = Double.POSITIVE_INFINITY;
        List<GpuSet> sets = pool.filledWith(shape);
        for (GpuSet set : sets) {
            slowest = Math.min(slowest, replicas.strategy(phase, shape, set).requestsPerSecond());
        }
        return sets.isEmpty() ? 0 : slowest;
    }
}
