package org.partiflow.interop.exports;

import org.partiflow.api.PlanningProblem;
import org.partiflow.api.model.Precision;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.plan.ServingGroup;

/** How a group is told to vLLM; the same words on a command line and in a manifest. Stateless. */
final class EngineFlags {
    private EngineFlags() {}

    /** Options and values of {@code vllm serve}, the model and the port left out. */
    static java.util.List<String> vllm(PlanningProblem problem, GroupShape shape, ServingGroup group) {
        java.util.List<String> flags = new java.util.ArrayList<>(java.util.List.of(
                "--tensor-parallel-size",
                "" + shape.degree(),
                "--pipeline-parallel-size",
                "" + shape.stages(),
                "--gpu-memory-utilization",
                "" + problem.serving().memoryUtilization(),
                "--max-num-batched-tokens",
                "" + problem.serving().maxBatchedTokens(),
                "--max-num-seqs",
                "" + Math.max(group.batch(), 1)));
        if (problem.model().kv() == Precision.FP8) {
            flags.addAll(java.util.List.of("--kv-cache-dtype", "fp8"));
        }
        return flags;
    }

    /** What {@code --kv-transfer-config} says; empty for colocated groups. */
    static String kvTransfer(Phase phase) {
        return phase == Phase.COLOCATED
                ? ""
                : "{\"kv_connector\":\"NixlConnector\",\"kv_role\":\"kv_both\",\"kv_load_failure_policy\":\"fail\"}";
    }

    /** Layers of each stage, where they are not even; empty otherwise. */
    static String layerPartition(GroupShape shape) {
        return shape.hasEvenLayers()
                ? ""
                : String.join(",", shape.layers().stream().map(String::valueOf).toList());
    }

    /** What UCX may use for caches, by the plan's transport. */
    static String ucxTransports(ExportRequest request) {
        boolean tcpOnly = request.plan().routes().stream()
                .anyMatch(route -> route.protocol().startsWith("tcp"));
        return tcpOnly ? "tcp,cuda_copy,cuda_ipc" : "all";
    }
}
