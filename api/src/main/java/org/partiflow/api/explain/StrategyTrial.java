package org.partiflow.api.explain;

import java.util.List;

/**
 * A strategy that was tried for a group. Immutable.
 *
 * @param degrees tensor-parallel degree of each stage
 * @param layers layers of each stage; empty if no split of the layers fits
 * @param batch prompts per pass or sequences in flight; 0 if none fits
 * @param requestsPerSecond capacity; 0 if it cannot serve
 * @param latencySeconds as of a group; 0 if it cannot serve
 * @param verdict what became of it
 */
public record StrategyTrial(
        List<Integer> degrees,
        List<Integer> layers,
        int batch,
        double requestsPerSecond,
        double latencySeconds,
        Verdict verdict) {
    /** Copies the lists. */
    public StrategyTrial {
        degrees = List.copyOf(degrees);
        layers = List.copyOf(layers);
    }

    /** What became of a strategy. */
    public enum Verdict {
        /** It is the group's. */
        CHOSEN,
        /** It would serve more: the planner that made the plan does not look at it. */
        FASTER,
        /** It serves fewer requests. */
        SLOWER,
        /** It serves as many within a hair, with more latency. */
        LATER,
        /** Weights and activations do not fit into its GPUs. */
        WEIGHTS_DO_NOT_FIT,
        /** The weights fit, but not the KV caches of the longest request and the smallest batch. */
        CACHE_DOES_NOT_FIT,
        /** The engine's limits on batched tokens or sequences do not allow the batch. */
        BEYOND_ENGINE_LIMIT,
        /** It misses the latency target of the objective, or nothing connects its stages. */
        TOO_LATE
    }
}
