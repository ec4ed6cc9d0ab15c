package org.partiflow.interop.exports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.plan.ServingGroup;

/**
 * A DynamoGraphDeployment for NVIDIA Dynamo's operator: one service per phase, GPU type and parallelism. Stateless and
 * thread-safe.
 */
public final class DynamoExporter implements PlanExporter {
    private static final String IMAGE = "nvcr.io/nvidia/ai-dynamo/vllm-runtime:1.0.0";

    @Override
    public String format() {
        return "dynamo";
    }

    @Override
    public String target() {
        return "NVIDIA Dynamo 1.0, DynamoGraphDeployment nvidia.com/v1alpha1, backend vLLM";
    }

    @Override
    public List<String> obstacles(ExportRequest request) {
        return Compatibility.pods(request);
    }

    @Override
    public List<ExportedFile> export(ExportRequest whole) {
        Exporters.requireNone(obstacles(whole), format());
        ExportRequest request = whole.withoutIdleGroups();
        ObjectNode deployment = Manifest.object(
                "nvidia.com/v1alpha1",
                "DynamoGraphDeployment",
                request.settings().name());
        ObjectNode spec = deployment.putObject("spec").put("backendFramework", "vllm");
        ObjectNode services = spec.putObject("services");
        frontend(request, services.putObject("Frontend"));
        int number = 0;
        for (Map.Entry<GroupShape, List<ServingGroup>> entry :
                GroupShape.byShape(request.plan(), request.problem().cluster()).entrySet()) {
            GroupShape shape = entry.getKey();
            String role = shape.phase() == Phase.PREFILL ? "Prefill" : shape.phase() == Phase.DECODE ? "Decode" : "";
            worker(
                    request,
                    shape,
                    entry.getValue(),
                    services.putObject(
                            "Vllm" + role + "Worker" + (char) ('A' + number % 26) + (number < 26 ? "" : number / 26)));
            number++;
        }
        List<ExportedFile> files = new ArrayList<>();
        files.add(ExportedFile.text("deployment.yaml", Manifest.yaml(List.of(deployment))));
        files.add(ExportedFile.text("README.txt", Exporters.readme(this, whole, files)));
        return files;
    }

    private static void frontend(ExportRequest request, ObjectNode service) {
        service.put("componentType", "frontend").put("replicas", 1);
        ObjectNode main = service.putObject("extraPodSpec").putObject("mainContainer");
        main.put("image", PodParts.image(request, IMAGE));
        main.set("command", Manifest.texts(List.of("python3", "-m", "dynamo.frontend")));
        main.set("args", Manifest.texts(List.of("--router-mode", "kv", "--http-port", "8000")));
    }

    private static void worker(ExportRequest request, GroupShape shape, List<ServingGroup> groups, ObjectNode service) {
        service.put("componentType", "worker");
        if (shape.phase() != Phase.COLOCATED) {
            service.put("subComponentType", PodParts.role(shape.phase()));
        }
        service.put("replicas", groups.size());
        service.putObject("resources").putObject("limits").put("gpu", "" + PodParts.gpusPerNode(shape));
        if (shape.nodes() > 1) {
            service.putObject("multinode").put("nodeCount", shape.nodes());
        }
        service.putObject("sharedMemory").put("size", "80Gi");
        ObjectNode pod = service.putObject("extraPodSpec");
        pod.set("nodeSelector", PodParts.nodeSelector(shape.gpu()));
        ObjectNode main = pod.putObject("mainContainer");
        main.put("image", PodParts.image(request, IMAGE));
        main.set("command", Manifest.texts(List.of("python3", "-m", "dynamo.vllm")));
        List<String> args =
                new ArrayList<>(List.of("--model", request.settings().servedModel()));
        args.addAll(EngineFlags.vllm(request.problem(), shape, groups.get(0)));
        if (shape.phase() != Phase.COLOCATED) {
            args.addAll(List.of("--disaggregation-mode", PodParts.role(shape.phase())));
        }
        main.set("args", Manifest.texts(args));
        main.set("env", Manifest.environment(PodParts.environment(request, shape)));
    }
}
