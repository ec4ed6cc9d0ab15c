package org.partiflow.interop.exports;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.partiflow.api.plan.ServingGroup;

/** Where each group's engine listens: the first node of the group, ports counted up per node. Immutable. */
final class Endpoints {
    /** Ports that an engine may take beside its own. */
    static final int STRIDE = 10;

    private final Map<String, String> nodes = new LinkedHashMap<>();
    private final Map<String, Integer> ports = new LinkedHashMap<>();

    Endpoints(ExportRequest request) {
        Map<String, Integer> used = new HashMap<>();
        for (ServingGroup group : request.plan().groups()) {
            String node = GroupShape.nodesOf(group, request.problem().cluster())
                    .keySet()
                    .iterator()
                    .next();
            int number = used.merge(node, 1, Integer::sum) - 1;
            nodes.put(group.id(), node);
            ports.put(group.id(), request.settings().firstPort() + STRIDE * number);
        }
    }

    /** Node that answers for a group. */
    String node(ServingGroup group) {
        return nodes.getOrDefault(group.id(), "");
    }

    int port(ServingGroup group) {
        return ports.getOrDefault(group.id(), 0);
    }

    /** The shell variable that holds a node's address. */
    static String variable(String node) {
        return "HOST_" + node.replaceAll("[^A-Za-z0-9]", "_");
    }

    /** A script that sets the addresses of all nodes, each to the node's id unless it is set already. */
    static String hosts(ExportRequest request) {
        StringBuilder text =
                new StringBuilder("# Addresses of the nodes. Set the variables before, or edit them here.\n");
        request.problem()
                .cluster()
                .nodes()
                .forEach(node -> text.append(variable(node.id()))
                        .append("=\"${")
                        .append(variable(node.id()))
                        .append(":-")
                        .append(node.id().replaceAll("[^A-Za-z0-9._-]", "-"))
                        .append("}\"\n"));
        return text.toString();
    }

    /** {@code http://$HOST_x:port} of a group. */
    String url(ServingGroup group) {
        return "http://" + host(group) + ":" + port(group);
    }

    String host(ServingGroup group) {
        return "${" + variable(node(group)) + "}";
    }
}
