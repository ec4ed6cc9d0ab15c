package org.partiflow.api.cluster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Every capacity of the cluster that several transfers share, each way apart: one port per GPU for traffic inside its
 * node, one NIC per node, the links between zones, and the cables of {@link NodeLink} exceptions. A transfer uses all
 * links of its path at once. Immutable and thread-safe; O(GPUs + links) memory.
 */
public final class SharedLinks {
    private final Cluster cluster;
    private final List<String> ids = new ArrayList<>();
    private final List<Double> capacities = new ArrayList<>();
    private final List<LinkKind> kinds = new ArrayList<>();
    private final int nicBase;
    private final Map<String, Integer> zoneLinkOut = new HashMap<>();
    private final Map<Long, Integer> cableOut = new HashMap<>();

    /** Numbers the shared links of {@code cluster}. */
    public SharedLinks(Cluster cluster) {
        this.cluster = cluster;
        for (int gpu = 0; gpu < cluster.gpuCount(); gpu++) {
            Link link = cluster.node(cluster.nodeOf(gpu)).intraNode();
            addPair(cluster.gpuName(gpu) + "/out", cluster.gpuName(gpu) + "/in", link.bytesPerSecond(), link.kind());
        }
        nicBase = ids.size();
        for (Node node : cluster.nodes()) {
            addPair(
                    node.id() + "/nic-out",
                    node.id() + "/nic-in",
                    node.nic().bandwidth().bytesPerSecond(),
                    LinkKind.NETWORK);
        }
        for (ZoneLink link : cluster.fabric().between()) {
            int out = addPair(
                    link.zoneA() + "=>" + link.zoneB(),
                    link.zoneB() + "=>" + link.zoneA(),
                    link.bandwidth().bytesPerSecond(),
                    LinkKind.NETWORK);
            zoneLinkOut.put(link.zoneA() + '\0' + link.zoneB(), out);
            zoneLinkOut.put(link.zoneB() + '\0' + link.zoneA(), out + 1);
        }
        for (NodeLink link : cluster.links()) {
            int a = cluster.findNode(link.nodeA()).orElseThrow();
            int b = cluster.findNode(link.nodeB()).orElseThrow();
            int out = addPair(
                    link.nodeA() + "=>" + link.nodeB(),
                    link.nodeB() + "=>" + link.nodeA(),
                    link.bandwidth().bytesPerSecond(),
                    LinkKind.NETWORK);
            cableOut.put(directed(a, b), out);
            cableOut.put(directed(b, a), out + 1);
        }
    }

    /** Number of shared links; each direction counts. */
    public int count() {
        return ids.size();
    }

    /** Stable name of a shared link, for example {@code h0/nic-out} or {@code z0=>z1}. */
    public String id(int link) {
        return ids.get(link);
    }

    /** Raw capacity in bytes per second, before any protocol's efficiency. */
    public double bytesPerSecond(int link) {
        return capacities.get(link);
    }

    /** Physical kind of the link. */
    public LinkKind kind(int link) {
        return kinds.get(link);
    }

    /** The way out of a node through its network interface. */
    public int nicOut(int node) {
        return nicBase + 2 * node;
    }

    /** The way into a node through its network interface. */
    public int nicIn(int node) {
        return nicBase + 2 * node + 1;
    }

    /**
     * The shared links that a transfer from one GPU to another uses, in order.
     *
     * @return indexes of shared links; empty if nothing connects the two
     */
    public int[] path(int fromGpu, int toGpu) {
        int a = cluster.nodeOf(fromGpu);
        int b = cluster.nodeOf(toGpu);
        return a == b ? new int[] {2 * fromGpu, 2 * toGpu + 1} : nodePath(a, b);
    }

    /** The shared links between two different nodes, in order; empty if nothing connects them. */
    public int[] nodePath(int a, int b) {
        int nicOut = nicOut(a);
        int nicIn = nicIn(b);
        Integer cable = cableOut.get(directed(a, b));
        if (cable != null) {
            boolean caps = capacities.get(cable) <= Math.min(capacities.get(nicOut), capacities.get(nicIn));
            return caps ? new int[] {nicOut, cable, nicIn} : new int[] {cable};
        }
        String zoneA = cluster.node(a).zone();
        String zoneB = cluster.node(b).zone();
        if (zoneA.equals(zoneB)) {
            return new int[] {nicOut, nicIn};
        }
        Integer zone = zoneLinkOut.get(zoneA + '\0' + zoneB);
        return zone == null ? new int[0] : new int[] {nicOut, zone, nicIn};
    }

    private int addPair(String out, String in, double bytesPerSecond, LinkKind kind) {
        ids.add(out);
        ids.add(in);
        for (int i = 0; i < 2; i++) {
            capacities.add(bytesPerSecond);
            kinds.add(kind);
        }
        return ids.size() - 2;
    }

    private static long directed(int a, int b) {
        return ((long) a << 32) | b;
    }
}
