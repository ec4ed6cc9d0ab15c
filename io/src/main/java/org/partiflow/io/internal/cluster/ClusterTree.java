package org.partiflow.io.internal.cluster;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.cluster.Fabric;
import org.partiflow.api.cluster.GpuType;
import org.partiflow.api.cluster.Link;
import org.partiflow.api.cluster.Nic;
import org.partiflow.api.cluster.Node;
import org.partiflow.api.cluster.NodeLink;
import org.partiflow.api.cluster.ZoneLink;
import org.partiflow.io.internal.text.QuantityText;

/** A cluster as a tree that reads back to an equal cluster. Stateless. */
public final class ClusterTree {
    private ClusterTree() {}

    /**
     * The whole cluster; GPU types that differ from the catalogue are written out.
     *
     * @throws IllegalArgumentException if two different GPU types have the same name
     */
    public static ObjectNode of(Cluster cluster, GpuTable catalogue) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("partiflow", ClusterParser.FORMAT);
        root.put("name", cluster.name());
        Map<String, GpuType> own = ownTypes(cluster, catalogue);
        if (!own.isEmpty()) {
            ArrayNode types = root.putArray("gpuTypes");
            own.values().forEach(type -> types.add(gpuType(type)));
        }
        ArrayNode nodes = root.putArray("nodes");
        cluster.nodes().forEach(node -> nodes.add(node(node)));
        if (!cluster.fabric().equals(Fabric.NIC_ONLY)) {
            root.set("fabric", fabric(cluster.fabric()));
        }
        if (!cluster.links().isEmpty()) {
            ArrayNode links = root.putArray("links");
            for (NodeLink link : cluster.links()) {
                ObjectNode node = links.addObject();
                node.putArray("between").add(link.nodeA()).add(link.nodeB());
                node.put("bandwidth", QuantityText.bandwidth(link.bandwidth().bytesPerSecond()));
                node.put("latency", QuantityText.time(link.latency().toNanos()));
            }
        }
        return root;
    }

    private static Map<String, GpuType> ownTypes(Cluster cluster, GpuTable catalogue) {
        Map<String, GpuType> own = new LinkedHashMap<>();
        for (Node node : cluster.nodes()) {
            GpuType type = node.gpu();
            boolean known = catalogue.find(type.name()).filter(type::equals).isPresent();
            GpuType previous = known ? type : own.putIfAbsent(GpuTable.key(type.name()), type);
            if (previous != null && !previous.equals(type)) {
                throw new IllegalArgumentException(
                        "cluster '" + cluster.name() + "' has two GPU types named '" + type.name() + "'");
            }
        }
        return own;
    }

    private static ObjectNode gpuType(GpuType type) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", type.name())
                .put("memory", QuantityText.data(type.memory().bytes()))
                .put(
                        "memoryBandwidth",
                        QuantityText.bandwidth(type.memoryBandwidth().bytesPerSecond()))
                .put("fp16", QuantityText.compute(type.fp16().flopPerSecond()))
                .put("fp8", QuantityText.compute(type.fp8().flopPerSecond()))
                .put("pricePerHour", QuantityText.money(type.pricePerHourUsd()))
                .put("source", type.source());
    }

    private static ObjectNode node(Node node) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.put("id", node.id()).put("gpu", node.gpu().name()).put("count", node.count());
        tree.put("zone", node.zone());
        Link link = node.intraNode();
        tree.putObject("intraNode")
                .put("bandwidth", QuantityText.bandwidth(link.bytesPerSecond()))
                .put("latency", QuantityText.time(link.latency().toNanos()))
                .put("kind", link.kind().name());
        Nic nic = node.nic();
        tree.putObject("nic")
                .put("bandwidth", QuantityText.bandwidth(nic.bandwidth().bytesPerSecond()))
                .put("latency", QuantityText.time(nic.latency().toNanos()));
        return tree.put("pricePerGpuHour", QuantityText.money(node.pricePerGpuHourUsd()));
    }

    private static ObjectNode fabric(Fabric fabric) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.putObject("zones")
                .put("latency", QuantityText.time(fabric.zoneLatency().toNanos()));
        ArrayNode between = tree.putArray("between");
        for (ZoneLink link : fabric.between()) {
            ObjectNode node = between.addObject();
            node.putArray("zones").add(link.zoneA()).add(link.zoneB());
            node.put("bandwidth", QuantityText.bandwidth(link.bandwidth().bytesPerSecond()));
            node.put("latency", QuantityText.time(link.latency().toNanos()));
        }
        return tree;
    }
}
