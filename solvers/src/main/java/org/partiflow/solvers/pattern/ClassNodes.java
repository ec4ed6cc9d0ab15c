package org.partiflow.solvers.pattern;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.cluster.GpuType;
import org.partiflow.api.cluster.Link;
import org.partiflow.api.cluster.Nic;
import org.partiflow.api.cluster.Node;
import org.partiflow.solvers.strategy.NodeClasses;

/** What patterns need to know about node classes: their nodes, zones, and which look alike but for the zone. Immutable. */
final class ClassNodes {
    private record Look(GpuType gpu, Link intraNode, Nic nic, int exception) {}

    final Cluster cluster;
    final NodeClasses classes;
    final List<String> zones;
    private final List<List<Integer>> nodes = new ArrayList<>();
    private final int[] gpus;
    private final int[] zoneOf;
    private final int[] lookOf;

    ClassNodes(Cluster cluster, NodeClasses classes) {
        this.cluster = cluster;
        this.classes = classes;
        int count = classes.count();
        gpus = new int[count];
        zoneOf = new int[count];
        lookOf = new int[count];
        for (int c = 0; c < count; c++) {
            nodes.add(new ArrayList<>());
        }
        zones = cluster.nodes().stream().map(Node::zone).distinct().toList();
        for (int n = 0; n < cluster.nodeCount(); n++) {
            int c = classes.classOf(n);
            nodes.get(c).add(n);
            gpus[c] += cluster.node(n).count();
            zoneOf[c] = zones.indexOf(cluster.node(n).zone());
        }
        nodes.forEach(
                list -> list.sort(Comparator.comparingInt(n -> -cluster.node(n).count())));
        Set<String> exceptional = new HashSet<>();
        cluster.links().forEach(link -> exceptional.addAll(List.of(link.nodeA(), link.nodeB())));
        List<Look> looks = new ArrayList<>();
        for (int c = 0; c < count; c++) {
            Node node = cluster.node(nodes.get(c).get(0));
            int exception = exceptional.contains(node.id()) ? c : -1;
            Look look = new Look(node.gpu(), node.intraNode(), node.nic(), exception);
            if (!looks.contains(look)) {
                looks.add(look);
            }
            lookOf[c] = looks.indexOf(look);
        }
    }

    int count() {
        return gpus.length;
    }

    /** GPUs of all nodes of a class. */
    int gpus(int nodeClass) {
        return gpus[nodeClass];
    }

    /** Nodes of a class, those of most GPUs first. */
    List<Integer> nodes(int nodeClass) {
        return nodes.get(nodeClass);
    }

    /** Price of a GPU of a class where it is cheapest. */
    double leastUsdPerGpuHour(int nodeClass) {
        return nodes.get(nodeClass).stream()
                .mapToDouble(n -> cluster.node(n).pricePerGpuHourUsd())
                .min()
                .orElse(0);
    }

    int zone(int nodeClass) {
        return zoneOf[nodeClass];
    }

    /** Equal for classes that differ in the zone only. */
    int look(int nodeClass) {
        return lookOf[nodeClass];
    }

    /** GPUs of the largest node of a class. */
    int mostPerNode(int nodeClass) {
        return cluster.node(nodes.get(nodeClass).get(0)).count();
    }

    /** Whether the class has a node of {@code count} GPUs in place {@code place} or before, by falling size. */
    boolean hasNode(int nodeClass, int place, int count) {
        List<Integer> all = nodes.get(nodeClass);
        return place < all.size() && cluster.node(all.get(place)).count() >= count;
    }

    /** Number of nodes of a class with exactly {@code count} GPUs. */
    int exactly(int nodeClass, int count) {
        int number = 0;
        for (int node : nodes.get(nodeClass)) {
            number += cluster.node(node).count() == count ? 1 : 0;
        }
        return number;
    }
}
