package org.partiflow.solvers.pattern;

import org.partiflow.api.PlanningProblem;
import org.partiflow.api.cluster.LinkKind;
import org.partiflow.api.cluster.NodeLink;
import org.partiflow.api.cluster.SharedLinks;
import org.partiflow.api.cluster.ZoneLink;
import org.partiflow.api.cost.KvProtocol;

/**
 * How many requests' KV caches can leave or enter a node of each class, and cross between zones, a second. Cables that
 * bypass the NICs are added to the nodes that they join. Immutable.
 */
final class ClassLinks {
    /** Requests per second out of, or into, all nodes of a class together. */
    final double[] classRequests;
    /** Requests per second out of, or into, one node of a class. */
    final double[] nodeRequests;
    /** Requests per second from zone to zone. */
    final double[][] zoneRequests;

    ClassLinks(PlanningProblem problem, ClassNodes nodes) {
        KvProtocol protocol = problem.serving().kvProtocol();
        double bytes = problem.workload().moments().prompt()
                * problem.model().layers()
                * problem.model().kvBytesPerTokenPerLayer()
                * protocol.encoding().ratio(problem.model().kv().bytes());
        double requestsPerByte = protocol.transport(LinkKind.NETWORK).efficiency() / bytes;
        nodeRequests = new double[nodes.count()];
        classRequests = new double[nodes.count()];
        zoneRequests = new double[nodes.zones.size()][nodes.zones.size()];
        for (int c = 0; c < nodes.count(); c++) {
            int node = nodes.nodes(c).get(0);
            nodeRequests[c] = nodes.cluster.node(node).nic().bandwidth().bytesPerSecond() * requestsPerByte;
        }
        for (ZoneLink link : nodes.cluster.fabric().between()) {
            add(
                    nodes.zones.indexOf(link.zoneA()),
                    nodes.zones.indexOf(link.zoneB()),
                    link.bandwidth().bytesPerSecond() * requestsPerByte);
        }
        addCables(nodes, requestsPerByte);
        for (int c = 0; c < nodes.count(); c++) {
            classRequests[c] = nodeRequests[c] * nodes.nodes(c).size();
        }
    }

    private void addCables(ClassNodes nodes, double requestsPerByte) {
        SharedLinks shared = new SharedLinks(nodes.cluster);
        for (NodeLink link : nodes.cluster.links()) {
            int a = nodes.cluster.findNode(link.nodeA()).orElseThrow();
            int b = nodes.cluster.findNode(link.nodeB()).orElseThrow();
            int[] path = shared.nodePath(a, b);
            double requests = shared.bytesPerSecond(path[path.length / 2]) * requestsPerByte;
            if (path.length == 1) {
                nodeRequests[nodes.classes.classOf(a)] += requests;
                nodeRequests[nodes.classes.classOf(b)] += requests;
            }
            // A slow cable between zones goes through the NICs, but not over the zone link.
            add(nodes.zone(nodes.classes.classOf(a)), nodes.zone(nodes.classes.classOf(b)), requests);
        }
    }

    private void add(int zoneA, int zoneB, double requests) {
        if (zoneA >= 0 && zoneB >= 0 && zoneA != zoneB) {
            zoneRequests[zoneA][zoneB] += requests;
            zoneRequests[zoneB][zoneA] += requests;
        }
    }
}
