package org.partiflow.interop.exports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.plan.ServingGroup;

/**
 * LeaderWorkerSets with a service in front of each, for plain Kubernetes: one set per phase, GPU type and parallelism; a
 * group is a leader with as many workers as it has further nodes. Stateless and thread-safe.
 */
public final class LwsExporter implements PlanExporter {
    private static final String IMAGE = "vllm/vllm-openai:v0.19.0";
    private static final int PORT = 8000;

    @Override
    public String format() {
        return "lws";
    }

    @Override
    public String target() {
        return "leaderworkerset.x-k8s.io/v1 with vLLM 0.19";
    }

    @Override
    public List<String> obstacles(ExportRequest request) {
        return Compatibility.pods(request);
    }

    @Override
    public List<ExportedFile> export(ExportRequest whole) {
        Exporters.requireNone(obstacles(whole), format());
        ExportRequest request = whole.withoutIdleGroups();
        List<ObjectNode> documents = new ArrayList<>();
        int number = 0;
        for (Map.Entry<GroupShape, List<ServingGroup>> entry :
                GroupShape.byShape(request.plan(), request.problem().cluster()).entrySet()) {
            String name = request.settings().name() + "-"
                    + PodParts.role(entry.getKey().phase()) + "-" + number++;
            documents.add(set(request, name, entry.getKey(), entry.getValue()));
            documents.add(service(name));
        }
        List<ExportedFile> files = new ArrayList<>();
        files.add(ExportedFile.text("leaderworkersets.yaml", Manifest.yaml(documents)));
        files.add(ExportedFile.text("README.txt", Exporters.readme(this, whole, files)));
        return files;
    }

    private static ObjectNode set(ExportRequest request, String name, GroupShape shape, List<ServingGroup> groups) {
        ObjectNode set = Manifest.object("leaderworkerset.x-k8s.io/v1", "LeaderWorkerSet", name);
        ObjectNode spec = set.putObject("spec").put("replicas", groups.size());
        ObjectNode template = spec.putObject("leaderWorkerTemplate").put("size", shape.nodes());
        template.put("restartPolicy", "RecreateGroupOnPodRestart");
        List<String> serve =
                new ArrayList<>(List.of("vllm", "serve", request.settings().servedModel()));
        serve.addAll(List.of("--port", Integer.toString(PORT)));
        serve.addAll(EngineFlags.vllm(request.problem(), shape, groups.get(0)));
        if (shape.phase() != Phase.COLOCATED) {
            serve.addAll(List.of("--kv-transfer-config", EngineFlags.kvTransfer(shape.phase())));
        }
        if (shape.nodes() > 1) {
            serve.addAll(List.of("--distributed-executor-backend", "ray"));
            String words = String.join(" ", serve.stream().map(Shell::quoted).toList());
            pod(
                    request,
                    name,
                    shape,
                    template.putObject("leaderTemplate"),
                    List.of("sh", "-c", "ray start --head --port=6379 && exec " + words));
            pod(
                    request,
                    name,
                    shape,
                    template.putObject("workerTemplate"),
                    List.of("sh", "-c", "exec ray start --block --address=\"$LWS_LEADER_ADDRESS:6379\""));
        } else {
            pod(request, name, shape, template.putObject("workerTemplate"), serve);
        }
        return set;
    }

    private static void pod(
            ExportRequest request, String name, GroupShape shape, ObjectNode template, List<String> command) {
        template.putObject("metadata").putObject("labels").put("app", name);
        ObjectNode spec = template.putObject("spec");
        spec.set("nodeSelector", PodParts.nodeSelector(shape.gpu()));
        ObjectNode container = spec.putArray("containers").addObject().put("name", "vllm");
        container.put("image", PodParts.image(request, IMAGE));
        container.set("command", Manifest.texts(command));
        Map<String, String> variables = new LinkedHashMap<>(PodParts.environment(request, shape));
        com.fasterxml.jackson.databind.node.ArrayNode environment = Manifest.environment(variables);
        if (shape.phase() != Phase.COLOCATED) {
            environment
                    .addObject()
                    .put("name", "VLLM_NIXL_SIDE_CHANNEL_HOST")
                    .putObject("valueFrom")
                    .putObject("fieldRef")
                    .put("fieldPath", "status.podIP");
        }
        container.set("env", environment);
        container.set("resources", PodParts.resources(PodParts.gpusPerNode(shape)));
        container.putArray("ports").addObject().put("containerPort", PORT);
        container.putArray("volumeMounts").addObject().put("name", "shm").put("mountPath", "/dev/shm");
        ObjectNode volume = spec.putArray("volumes").addObject().put("name", "shm");
        volume.putObject("emptyDir").put("medium", "Memory").put("sizeLimit", "80Gi");
    }

    private static ObjectNode service(String name) {
        ObjectNode service = Manifest.object("v1", "Service", name);
        ObjectNode spec = service.putObject("spec");
        spec.putObject("selector")
                .put("leaderworkerset.sigs.k8s.io/name", name)
                .put("leaderworkerset.sigs.k8s.io/worker-index", "0");
        spec.putArray("ports").addObject().put("name", "http").put("port", PORT).put("targetPort", PORT);
        return service;
    }
}
