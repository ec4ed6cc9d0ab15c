package org.partiflow.interop.exports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.partiflow.api.plan.Phase;

/** What pods of all formats have in common. Stateless. */
final class PodParts {
    static final String GPU = "nvidia.com/gpu";

    /** Product names as GPU feature discovery labels nodes with them, by catalogue name. */
    private static final Map<String, String> PRODUCTS = Map.ofEntries(
            Map.entry("T4", "Tesla-T4"),
            Map.entry("V100-SXM-16GB", "Tesla-V100-SXM2-16GB"),
            Map.entry("V100-SXM-32GB", "Tesla-V100-SXM2-32GB"),
            Map.entry("L4", "NVIDIA-L4"),
            Map.entry("A10", "NVIDIA-A10"),
            Map.entry("A10G", "NVIDIA-A10G"),
            Map.entry("A40", "NVIDIA-A40"),
            Map.entry("A6000", "NVIDIA-RTX-A6000"),
            Map.entry("L40", "NVIDIA-L40"),
            Map.entry("L40S", "NVIDIA-L40S"),
            Map.entry("RTX3090", "NVIDIA-GeForce-RTX-3090"),
            Map.entry("RTX4090", "NVIDIA-GeForce-RTX-4090"),
            Map.entry("RTX5090", "NVIDIA-GeForce-RTX-5090"),
            Map.entry("RTX-6000-Ada", "NVIDIA-RTX-6000-Ada-Generation"),
            Map.entry("A100-PCIe-40GB", "NVIDIA-A100-PCIE-40GB"),
            Map.entry("A100-SXM-40GB", "NVIDIA-A100-SXM4-40GB"),
            Map.entry("A100-PCIe-80GB", "NVIDIA-A100-80GB-PCIe"),
            Map.entry("A100-SXM-80GB", "NVIDIA-A100-SXM4-80GB"),
            Map.entry("A800-SXM-80GB", "NVIDIA-A800-SXM4-80GB"),
            Map.entry("H100-PCIe-80GB", "NVIDIA-H100-PCIe"),
            Map.entry("H100-SXM-80GB", "NVIDIA-H100-80GB-HBM3"),
            Map.entry("H100-NVL-94GB", "NVIDIA-H100-NVL"),
            Map.entry("H800-SXM-80GB", "NVIDIA-H800"),
            Map.entry("GH200", "NVIDIA-GH200-480GB"),
            Map.entry("GB200", "NVIDIA-GB200"),
            Map.entry("GB300", "NVIDIA-GB300"),
            Map.entry("B300-SXM-270GB", "NVIDIA-B300"),
            Map.entry("H20", "NVIDIA-H20"),
            Map.entry("H200-SXM-141GB", "NVIDIA-H200"),
            Map.entry("B200-SXM-180GB", "NVIDIA-B200"));

    private PodParts() {}

    static ObjectNode nodeSelector(String gpu) {
        return Manifest.object().put("nvidia.com/gpu.product", PRODUCTS.getOrDefault(gpu, gpu));
    }

    /** Requests and limits: GPUs can only be asked for as limits. */
    static ObjectNode resources(int gpus) {
        ObjectNode resources = Manifest.object();
        resources.putObject("limits").put(GPU, Integer.toString(gpus));
        return resources;
    }

    static Map<String, String> environment(ExportRequest request, GroupShape shape) {
        Map<String, String> variables = new LinkedHashMap<>();
        if (shape.phase() != Phase.COLOCATED) {
            variables.put("VLLM_NIXL_SIDE_CHANNEL_PORT", "5600");
            variables.put("UCX_TLS", EngineFlags.ucxTransports(request));
        }
        String partition = EngineFlags.layerPartition(shape);
        if (!partition.isEmpty()) {
            variables.put("VLLM_PP_LAYER_PARTITION", partition);
        }
        return variables;
    }

    static String role(Phase phase) {
        return phase.name().toLowerCase(Locale.ROOT);
    }

    static String image(ExportRequest request, String otherwise) {
        return request.settings().image().isEmpty()
                ? otherwise
                : request.settings().image();
    }

    /** GPUs of a group on each of its nodes. */
    static int gpusPerNode(GroupShape shape) {
        return shape.gpus() / shape.nodes();
    }
}
