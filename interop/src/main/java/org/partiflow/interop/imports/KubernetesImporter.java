package org.partiflow.interop.imports;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.cluster.GpuType;
import org.partiflow.api.cluster.Nic;
import org.partiflow.api.cluster.Node;

/**
 * {@code kubectl get nodes -o json} with the labels of NVIDIA's GPU feature discovery: product, count, memory, replicas,
 * and the zone. Nodes without GPUs are passed over. Stateless and thread-safe.
 */
public final class KubernetesImporter implements ClusterImporter {
    private static final String PREFIX = "nvidia.com/";
    private static final double MEMORY_TOLERANCE = 0.12;

    @Override
    public String format() {
        return "kubernetes";
    }

    @Override
    public String description() {
        return "'kubectl get nodes -o json', with the labels of GPU feature discovery";
    }

    @Override
    public ImportedCluster read(List<ImportSource> sources, ImportOptions options) {
        ImportSession session = new ImportSession(sources.get(0).name(), options);
        for (ImportSource source : sources) {
            JsonNode tree = JsonSources.tree(source);
            JsonNode items = tree.path("kind").asText().equals("Node") ? null : tree.path("items");
            if (items == null) {
                node(session, source, "", tree);
            } else if (!items.isArray()) {
                session.problem(source, "items", "is missing; expected what 'kubectl get nodes -o json' prints");
            } else {
                for (int i = 0; i < items.size(); i++) {
                    node(session, source, "items[" + i + "]", items.get(i));
                }
            }
        }
        return session.finish();
    }

    private static void node(ImportSession session, ImportSource source, String place, JsonNode item) {
        String id = item.at("/metadata/name").asText("");
        JsonNode labels = item.at("/metadata/labels");
        String where = place.isEmpty() ? id : place + " (" + id + ")";
        String product = label(labels, "gpu.product");
        int allocatable = count(item.at("/status/allocatable").path(PREFIX + "gpu"));
        int labelled = count(labels.path(PREFIX + "gpu.count"));
        if (product == null && allocatable == 0 && labelled == 0) {
            return;
        }
        if (id.isEmpty()) {
            session.problem(source, where, "has no metadata.name");
            return;
        }
        String name = product == null ? null : product.replaceFirst("-SHARED$", "");
        if (name != null && name.contains("-MIG-")) {
            session.problem(source, where, "is cut into MIG slices ('" + product + "'); plans need whole GPUs");
            return;
        }
        int replicas = Math.max(1, count(labels.path(PREFIX + "gpu.replicas")));
        int count = labelled > 0 ? labelled : allocatable / replicas;
        GpuType gpu = session.gpu(where, name);
        Nic nic = session.nic(where, null);
        if (count < 1) {
            session.problem(source, where, "tells no number of GPUs: neither nvidia.com/gpu.count nor allocatable");
        }
        if (gpu == null || nic == null || count < 1) {
            return;
        }
        compareMemory(session, id, labels, gpu);
        if (labels.has(PREFIX + "gpu.clique")) {
            session.assume("NVLink domains that span nodes (nvidia.com/gpu.clique) are not used");
        }
        session.add(new Node(
                id,
                gpu,
                count,
                session.zone(text(labels.path("topology.kubernetes.io/zone"))),
                session.intraNode(gpu, null),
                nic,
                gpu.pricePerHourUsd()));
        session.assume("prices are those of the catalogue");
    }

    private static void compareMemory(ImportSession session, String id, JsonNode labels, GpuType gpu) {
        double mebibytes =
                JsonSources.positive(labels.path(PREFIX + "gpu.memory")).orElse(0);
        double told = mebibytes * 1024 * 1024;
        if (told > 0 && Math.abs(told / gpu.memory().bytes() - 1) > MEMORY_TOLERANCE) {
            session.assume("node '" + id + "' reports " + Math.round(mebibytes) + " MiB per GPU; the catalogue's "
                    + gpu.memory().gigabytes() + " GB of " + gpu.name() + " is used");
        }
    }

    private static @Nullable String label(JsonNode labels, String name) {
        return text(labels.path(PREFIX + name));
    }

    private static @Nullable String text(JsonNode value) {
        String text = value.asText("");
        return text.isBlank() ? null : text;
    }

    private static int count(JsonNode value) {
        String text = value.asText("");
        return text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : 0;
    }
}
