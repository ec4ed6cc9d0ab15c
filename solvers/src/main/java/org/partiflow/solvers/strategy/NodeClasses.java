package org.partiflow.solvers.strategy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
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
    private record Look(GpuType gpu, Link intraNode, Nic nic, String zone, int exception) {}

    private final int[] classOf;
    private final int classes;

    /** Classifies the nodes of {@code cluster}; classes are numbered zone by zone. */
    public NodeClasses(Cluster cluster) {
        Set<String> exceptional = new HashSet<>();
        for (NodeLink link : cluster.links()) {
            exceptional.add(link.nodeA());
            exceptional.add(link.nodeB());
        }
        List<Look> looks = new ArrayList<>();
        List<String> zones = new ArrayList<>();
        for (int n = 0; n < cluster.nodeCount(); n++) {
            Node node = cluster.node(n);
            int exception = exceptional.contains(node.id()) ? n : -1;
            looks.add(new Look(node.gpu(), node.intraNode(), node.nic(), node.zone(), exception));
            if (!zones.contains(node.zone())) {
                zones.add(node.zone());
            }
        }
        classOf = new int[cluster.nodeCount()];
        Map<Look, Integer> numbers = new HashMap<>();
        for (String zone : zones) {
            for (int n = 0; n < classOf.length; n++) {
                if (cluster.node(n).zone().equals(zone)) {
                    Integer known = numbers.putIfAbsent(looks.get(n), numbers.size());
                    classOf[n] = known == null ? numbers.size() - 1 : known;
                }
            }
        }
        classes = numbers.size();
    }

    /** Class of a node. */
    public int classOf(int node) {
        return classOf[node];
    }

    /** Number of classes. */
    public int count() {
        return classes;
    }
}
