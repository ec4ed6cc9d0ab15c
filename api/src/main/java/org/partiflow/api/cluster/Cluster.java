package org.partiflow.api.cluster;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.partiflow.api.unit.Bandwidth;

/**
 * Machines with GPUs and what connects them. GPUs are numbered 0 .. {@link #gpuCount()}-1 in the order of the nodes.
 * Immutable and thread-safe; every query is O(1) and the memory is O(nodes + GPUs), never O(GPUs squared).
 */
public final class Cluster {
    private static final Link NONE = new Link(LinkKind.NETWORK, new Bandwidth(0), Duration.ZERO);

    private final String name;
    private final List<Node> nodes;
    private final Fabric fabric;
    private final List<NodeLink> links;
    private final int[] firstGpu;
    private final int[] nodeOf;
    private final Map<String, Integer> nodeIndex = new HashMap<>();
    private final Map<Long, NodeLink> exceptions = new HashMap<>();
    private final int[] zoneOf;
    private final Map<Long, ZoneLink> zoneLinks = new HashMap<>();

    /**
     * Builds a cluster.
     *
     * @param name shown in plans and reports
     * @param nodes at least one, with distinct ids
     * @param fabric the network between nodes
     * @param links exceptions by node pair; both ends must be among the nodes, each pair at most once
     * @throws IllegalArgumentException if a condition above is broken
     */
    public Cluster(String name, List<Node> nodes, Fabric fabric, List<NodeLink> links) {
        this.name = name;
        this.nodes = List.copyOf(nodes);
        this.fabric = fabric;
        this.links = List.copyOf(links);
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("cluster '" + name + "' has no node");
        }
        firstGpu = new int[nodes.size() + 1];
        for (int i = 0; i < nodes.size(); i++) {
            if (nodeIndex.put(nodes.get(i).id(), i) != null) {
                throw new IllegalArgumentException("node id '" + nodes.get(i).id() + "' is used twice");
            }
            firstGpu[i + 1] = Math.addExact(firstGpu[i], nodes.get(i).count());
        }
        nodeOf = new int[firstGpu[nodes.size()]];
        for (int i = 0; i < nodes.size(); i++) {
            java.util.Arrays.fill(nodeOf, firstGpu[i], firstGpu[i + 1], i);
        }
        Map<String, Integer> zones = new HashMap<>();
        zoneOf = new int[nodes.size()];
        for (int i = 0; i < zoneOf.length; i++) {
            Integer known = zones.putIfAbsent(nodes.get(i).zone(), zones.size());
            zoneOf[i] = known == null ? zones.size() - 1 : known;
        }
        for (NodeLink link : links) {
            long key = pairKey(requireNode(link.nodeA()), requireNode(link.nodeB()));
            if (exceptions.put(key, link) != null) {
                throw new IllegalArgumentException(
                        "nodes '" + link.nodeA() + "' and '" + link.nodeB() + "' are linked twice");
            }
        }
        for (ZoneLink link : fabric.between()) {
            // A zone without nodes still gets a number, so that a link named twice is noticed.
            int a = zones.computeIfAbsent(link.zoneA(), zone -> zones.size());
            int b = zones.computeIfAbsent(link.zoneB(), zone -> zones.size());
            if (zoneLinks.put(pairKey(a, b), link) != null) {
                throw new IllegalArgumentException(
                        "zones '" + link.zoneA() + "' and '" + link.zoneB() + "' are linked twice");
            }
        }
    }

    /** Name shown in plans and reports. */
    public String name() {
        return name;
    }

    /** All nodes, in input order. */
    public List<Node> nodes() {
        return nodes;
    }

    /** The network between nodes. */
    public Fabric fabric() {
        return fabric;
    }

    /** Exceptions by node pair, in input order. */
    public List<NodeLink> links() {
        return links;
    }

    /** Number of GPUs. */
    public int gpuCount() {
        return nodeOf.length;
    }

    /** Number of nodes. */
    public int nodeCount() {
        return nodes.size();
    }

    /** The node at {@code index}. */
    public Node node(int index) {
        return nodes.get(index);
    }

    /** Index of the node that holds {@code gpu}. */
    public int nodeOf(int gpu) {
        return nodeOf[gpu];
    }

    /** First GPU of the node; its GPUs are consecutive. */
    public int firstGpu(int node) {
        return firstGpu[node];
    }

    /** Type of {@code gpu}. */
    public GpuType gpuType(int gpu) {
        return nodes.get(nodeOf[gpu]).gpu();
    }

    /** Name of {@code gpu}: node id, slash, position in the node. */
    public String gpuName(int gpu) {
        int node = nodeOf[gpu];
        return nodes.get(node).id() + "/" + (gpu - firstGpu[node]);
    }

    /** The GPU of this name, if there is one. */
    public OptionalInt findGpu(String gpuName) {
        int slash = gpuName.lastIndexOf('/');
        Integer node = slash < 0 ? null : nodeIndex.get(gpuName.substring(0, slash));
        if (node == null || !gpuName.substring(slash + 1).matches("0|[1-9][0-9]{0,8}")) {
            return OptionalInt.empty();
        }
        int position = Integer.parseInt(gpuName.substring(slash + 1));
        return position < nodes.get(node).count() ? OptionalInt.of(firstGpu[node] + position) : OptionalInt.empty();
    }

    /** Index of the node of this id, if there is one. */
    public OptionalInt findNode(String id) {
        Integer node = nodeIndex.get(id);
        return node == null ? OptionalInt.empty() : OptionalInt.of(node);
    }

    /** What one undisturbed transfer between two different GPUs sees; bandwidth zero where nothing connects them. */
    public Link link(int gpuA, int gpuB) {
        int a = nodeOf[gpuA];
        int b = nodeOf[gpuB];
        return a == b ? nodes.get(a).intraNode() : nodeLink(a, b);
    }

    /** What one undisturbed transfer between two different nodes sees; bandwidth zero where nothing connects them. */
    public Link nodeLink(int a, int b) {
        Node nodeA = nodes.get(a);
        Node nodeB = nodes.get(b);
        double nics = Math.min(
                nodeA.nic().bandwidth().bytesPerSecond(),
                nodeB.nic().bandwidth().bytesPerSecond());
        NodeLink exception = exceptions.isEmpty() ? null : exceptions.get(pairKey(a, b));
        if (exception != null) {
            return new Link(LinkKind.NETWORK, exception.bandwidth(), exception.latency());
        }
        Duration ends = nodeA.nic().latency().plus(nodeB.nic().latency());
        if (zoneOf[a] == zoneOf[b]) {
            return new Link(LinkKind.NETWORK, new Bandwidth(nics), ends.plus(fabric.zoneLatency()));
        }
        ZoneLink zone = zoneLinks.get(pairKey(zoneOf[a], zoneOf[b]));
        if (zone == null) {
            return NONE;
        }
        double bandwidth = Math.min(nics, zone.bandwidth().bytesPerSecond());
        return new Link(LinkKind.NETWORK, new Bandwidth(bandwidth), ends.plus(zone.latency()));
    }

    /** Sum of the memory of all GPUs, in bytes. */
    public long totalMemoryBytes() {
        long total = 0;
        for (Node node : nodes) {
            total += node.count() * node.gpu().memory().bytes();
        }
        return total;
    }

    /** Price of the whole cluster, US dollars per hour. */
    public double pricePerHourUsd() {
        double total = 0;
        for (Node node : nodes) {
            total += node.count() * node.pricePerGpuHourUsd();
        }
        return total;
    }

    @org.jspecify.annotations.Nullable
    NodeLink exception(int a, int b) {
        return exceptions.get(pairKey(a, b));
    }

    private int requireNode(String id) {
        Integer node = nodeIndex.get(id);
        if (node == null) {
            throw new IllegalArgumentException("a link names the node '" + id + "', which is not in the cluster");
        }
        return node;
    }

    private static long pairKey(int a, int b) {
        return ((long) Math.min(a, b) << 32) | Math.max(a, b);
    }

    @Override
    public String toString() {
        return "Cluster[" + name + ", " + nodes.size() + " nodes, " + gpuCount() + " GPUs]";
    }
}
