package org.partiflow.api.plan;

import java.util.List;

/**
 * A set of GPUs that holds one full copy of the model. A plain carrier: {@code PlanChecker} judges it.
 *
 * @param id unique in the plan: p0, p1, ... prefill; d0, ... decode; c0, ... colocated
 * @param phase what it does
 * @param stages pipeline stages, in layer order
 * @param batch prefill: prompts per pass; decode and colocated: sequences in flight over the whole pipeline
 * @param capacityRequestsPerSecond sustained rate
 * @param flowRequestsPerSecond planned rate
 * @param latencySeconds see {@link org.partiflow.api.cost.GroupPerformance}
 * @param weightBytesPerGpu weights on each GPU, in stage order
 * @param kvCapacityTokens tokens that fit into its KV cache
 */
public record ServingGroup(
        String id,
        Phase phase,
        List<Stage> stages,
        int batch,
        double capacityRequestsPerSecond,
        double flowRequestsPerSecond,
        double latencySeconds,
        List<Double> weightBytesPerGpu,
        long kvCapacityTokens) {
    /** Copies the lists. */
    public ServingGroup {
        stages = List.copyOf(stages);
        weightBytesPerGpu = List.copyOf(weightBytesPerGpu);
    }

    /** Number of GPUs. */
    public int gpuCount() {
        return stages.stream().mapToInt(Stage::degree).sum();
    }
}
