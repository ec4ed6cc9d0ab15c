package org.partiflow.interop.exports;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.plan.ServingGroup;

/**
 * Helm values for llm-d's model service. A release has one kind of GPU per role, so each shape of groups becomes a release
 * of its own; all serve one model and share its routing. Stateless and thread-safe.
 */
public final class LlmdExporter implements PlanExporter {
    private static final String IMAGE = "ghcr.io/llm-d/llm-d-cuda:v0.5.0";

    @Override
    public String format() {
        return "llm-d";
    }

    @Override
    public String target() {
        return "llm-d with the Helm chart llm-d-modelservice";
    }

    @Override
    public List<String> obstacles(ExportRequest request) {
        return Compatibility.pods(request);
    }

    @Override
    public List<ExportedFile> export(ExportRequest whole) {
        Exporters.requireNone(obstacles(whole), format());
        ExportRequest request = whole.withoutIdleGroups();
        List<ExportedFile> files = new ArrayList<>();
        StringBuilder install = new StringBuilder("set -eu\ncd \"$(dirname \"$0\")\"\n");
        int number = 0;
        for (Map.Entry<GroupShape, List<ServingGroup>> entry :
                GroupShape.byShape(request.plan(), request.problem().cluster()).entrySet()) {
            String release = request.settings().name() + "-" + number++;
            String file = release + "-values.yaml";
            ObjectNode values = values(request, entry.getKey(), entry.getValue());
            files.add(ExportedFile.text(file, Manifest.yaml(List.of(values))));
            install.append("helm upgrade --install ")
                    .append(release)
                    .append(" llm-d-modelservice/llm-d-modelservice -f ");
            install.append(file).append('\n');
        }
        files.add(ExportedFile.script("install.sh", install.toString()));
        files.add(ExportedFile.text("README.txt", Exporters.readme(this, whole, files)));
        return files;
    }

    private static ObjectNode values(ExportRequest request, GroupShape shape, List<ServingGroup> groups) {
        ObjectNode values = Manifest.object().put("multinode", shape.nodes() > 1);
        values.putObject("accelerator").put("type", "nvidia").put("dra", false);
        String model = request.settings().servedModel();
        ObjectNode artifacts = values.putObject("modelArtifacts");
        artifacts
                .put("name", model)
                .put("uri", model.startsWith("/") ? "pvc:/" + model : "hf://" + model)
                .put("size", "200Gi");
        artifacts.put("authSecretName", "hf-token");
        artifacts
                .putObject("labels")
                .put("app.kubernetes.io/part-of", request.settings().name());
        ObjectNode routing = values.putObject("routing").put("servicePort", 8000);
        routing.putObject("proxy").put("targetPort", 8200).put("connector", "nixlv2");
        role(request, shape, groups, values.putObject("prefill"), shape.phase() == Phase.PREFILL);
        role(request, shape, groups, values.putObject("decode"), shape.phase() != Phase.PREFILL);
        return values;
    }

    private static void role(
            ExportRequest request, GroupShape shape, List<ServingGroup> groups, ObjectNode role, boolean wanted) {
        role.put("create", wanted);
        if (!wanted) {
            return;
        }
        role.put("replicas", groups.size());
        role.set("nodeSelector", PodParts.nodeSelector(shape.gpu()));
        ObjectNode parallelism = role.putObject("parallelism");
        parallelism
                .put("tensor", shape.degree())
                .put("data", 1)
                .put("dataLocal", 1)
                .put("workers", shape.nodes());
        ArrayNode containers = role.putArray("containers");
        ObjectNode container = containers.addObject().put("name", "vllm").put("image", PodParts.image(request, IMAGE));
        container.put("modelCommand", "vllmServe");
        List<String> args = new ArrayList<>(EngineFlags.vllm(request.problem(), shape, groups.get(0)));
        if (shape.phase() != Phase.COLOCATED) {
            args.addAll(List.of("--kv-transfer-config", EngineFlags.kvTransfer(shape.phase())));
        }
        container.set("args", Manifest.texts(args));
        container.set("env", Manifest.environment(PodParts.environment(request, shape)));
        ArrayNode ports = container.putArray("ports");
        ports.addObject().put("containerPort", 8200).put("name", "serve");
        ports.addObject().put("containerPort", 5600).put("name", "nixl");
        container.set("resources", PodParts.resources(PodParts.gpusPerNode(shape)));
        container.put("mountModelVolume", true);
    }
}
