package org.partiflow.io.internal.cluster;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.cluster.Fabric;
import org.partiflow.api.cluster.Node;
import org.partiflow.api.cluster.NodeLink;
import org.partiflow.io.internal.tree.FieldReader;
import org.partiflow.io.internal.tree.Header;

/** Reads {@code cluster/1}. One file only. */
public final class ClusterParser {
    /** The format's name and version. */
    public static final String FORMAT = "cluster/1";

    static final String OWN_SOURCE = "cluster file";
    private static final int MAX_GPUS = 1_000_000;

    private final GpuTable catalogue;
    private final Map<String, String> pathOfNode = new LinkedHashMap<>();
    private final Set<String> zones = new LinkedHashSet<>();
    private int gpus;

    /** A parser that takes GPU types from the file, then from {@code catalogue}. */
    public ClusterParser(GpuTable catalogue) {
        this.catalogue = catalogue;
    }

    /** Reads the file; null when problems were added. */
    public @Nullable Cluster parse(FieldReader root) {
        Header.check(root, FORMAT);
        String name = root.text("name");
        List<GpuEntry> ownTypes = GpuTypeParser.parse(root, "gpuTypes", OWN_SOURCE);
        List<Node> nodes = nodes(root, new NodeParser(catalogue.with(ownTypes)));
        Fabric fabric = root.has("fabric") ? FabricParser.fabric(root.object("fabric"), zones) : Fabric.NIC_ONLY;
        List<NodeLink> links = FabricParser.nodeLinks(root, pathOfNode.keySet());
        return root.build(() -> new Cluster(name, nodes, fabric, links));
    }

    private List<Node> nodes(FieldReader root, NodeParser parser) {
        List<Node> nodes = new ArrayList<>();
        List<FieldReader> objects = root.requiredObjects("nodes");
        if (objects.isEmpty() && root.has("nodes")) {
            root.problem("nodes", "has no node; list at least one");
        }
        for (FieldReader fields : objects) {
            String id = fields.text("id");
            String previous = pathOfNode.putIfAbsent(id, fields.path());
            if (previous != null) {
                fields.problem("id", "node id '" + id + "' is already used at " + previous + "; choose another");
            }
            zones.add(fields.text("zone", NodeParser.DEFAULT_ZONE));
            Node node = parser.node(fields, id);
            if (node != null) {
                nodes.add(node);
                gpus += node.count();
            }
            if (gpus > MAX_GPUS) {
                root.problem("nodes", "the cluster has more than " + MAX_GPUS + " GPUs; split it");
                break;
            }
        }
        return nodes;
    }
}
