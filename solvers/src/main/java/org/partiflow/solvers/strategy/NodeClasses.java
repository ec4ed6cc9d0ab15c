package org.partiflow.solvers.strategy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.cluster.GpuType;
import org.partiflow.api.cluster.Link;
import org.partiflow.api.cluster.Nic;
import org.partiflow.api.cluster.Node;
import org.partiflow.api.cluster.NodeLink;

/**
 * Classes of nodes that look alike to a group: same GPU, links, NIC and zone. Nodes with links of their own are alone in
 * their class. Groups with equal counts of GPUs per class perform alike, which is what makes memoising work. Immutable.
 */
public final class NodeClasses {
    private record Look(GpuType gpu, Link intraNode, Nic nic, int exception) {}

    private record LookInZone(int look, int zone) {}

    private final int[] classOf;
    private final int[] lookOf;
    private final int[] zoneOf;
    private final int classes;

    /** Classifies the nodes of {@code cluster}; classes are numbered zone by zone. */
    public NodeClasses(Cluster cluster) {
        Set<String> exceptional = new HashSet<>();
        for (NodeLink link : cluster.links()) {
            exceptional.add(link.nodeA());
            exceptional.add(link.nodeB());
        }
        int nodes = cluster.nodeCount();
        lookOf = new int[nodes];
        zoneOf = new int[nodes];
        classOf = new int[nodes];
        Map<Look, Integer> looks = new HashMap<>();
        Map<String, Integer> zones = new HashMap<>();
        for (int n = 0; n < nodes; n++) {
            Node node = cluster.node(n);
            int exception = exceptional.contains(node.id()) ? n : -1;
            lookOf[n] = number(looks, new Look(node.gpu(), node.intraNode(), node.nic(), exception));
            zoneOf[n] = number(zones, node.zone());
        }
        Map<LookInZone, Integer> numbers = new HashMap<>();
        for (int zone = 0; zone < zones.size(); zone++) {
            for (int n = 0; n < nodes; n++) {
                if (zoneOf[n] == zone) {
                    classOf[n] = number(numbers, new LookInZone(lookOf[n], zone));
                }
            }
        }
        classes = numbers.size();
    }

    private static <K> int number(Map<K, Integer> numbers, K key) {
        Integer known = numbers.putIfAbsent(key, numbers.size());
        return known == null ? numbers.size() - 1 : known;
    }

    /** Class of a node. */
    public int classOf(int node) {
        return classOf[node];
    }

    /** What a node looks like, its zone left out: equal for nodes that differ in the zone at most. */
    public int lookOf(int node) {
        return lookOf[node];
    }

    /** Number of a node's zone, in the order of first appearance. */
    public int zoneOf(int node) {
        return zoneOf[node];
    }

    /** Whether all of these nodes are in one zone. */
    boolean isInOneZone(int[] nodes) {
        for (int node : nodes) {
            if (zoneOf[node] != zoneOf[nodes[0]]) {
                return false;
            }
        }
        return true;
    }

    /** Number of classes. */
    public int count() {
        return classes;
    }
}
