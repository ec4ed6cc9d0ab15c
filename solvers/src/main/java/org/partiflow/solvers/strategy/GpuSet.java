package org.partiflow.solvers.strategy;

import java.util.Arrays;

/**
 * A multiset of nodes: how many GPUs of each node belong to a group. GPUs of a node are interchangeable, so which ones is
 * decided only when a plan is written. Nodes are ordered by class, then by falling count, then by number, so that alike
 * sets line up position by position. Immutable.
 */
public final class GpuSet {
    private final NodeClasses classes;
    private final int[] nodes;
    private final int[] counts;
    private final int size;

    private GpuSet(NodeClasses classes, int[] nodes, int[] counts) {
        this.classes = classes;
        this.nodes = nodes;
        this.counts = counts;
        int sum = 0;
        for (int count : counts) {
            sum += count;
        }
        size = sum;
    }

    /** A set from the number of GPUs of each node; nodes with zero are left out. */
    public static GpuSet of(NodeClasses classes, int[] countByNode) {
        int positions = 0;
        for (int count : countByNode) {
            positions += count > 0 ? 1 : 0;
        }
        int[] nodes = new int[positions];
        int[] counts = new int[positions];
        for (int n = 0, at = 0; n < countByNode.length; n++) {
            if (countByNode[n] > 0) {
                nodes[at] = n;
                counts[at++] = countByNode[n];
            }
        }
        return sorted(classes, nodes, counts);
    }

    /** A set from distinct nodes and the number of GPUs of each, all at least 1. */
    public static GpuSet of(NodeClasses classes, int[] nodes, int[] counts) {
        return sorted(classes, nodes.clone(), counts.clone());
    }

    /** The empty set. */
    public static GpuSet empty(NodeClasses classes) {
        return new GpuSet(classes, new int[0], new int[0]);
    }

    /** This set with {@code delta} more (or fewer) GPUs of {@code node}. */
    public GpuSet plus(int node, int delta) {
        int position = position(node);
        if (position < 0) {
            int[] newNodes = Arrays.copyOf(nodes, nodes.length + 1);
            int[] newCounts = Arrays.copyOf(counts, counts.length + 1);
            newNodes[nodes.length] = node;
            newCounts[nodes.length] = delta;
            return sorted(classes, newNodes, newCounts);
        }
        int[] newCounts = counts.clone();
        newCounts[position] += delta;
        if (newCounts[position] > 0) {
            return sorted(classes, nodes.clone(), newCounts);
        }
        int[] fewerNodes = new int[nodes.length - 1];
        int[] fewerCounts = new int[nodes.length - 1];
        for (int i = 0, j = 0; i < nodes.length; i++) {
            if (i != position) {
                fewerNodes[j] = nodes[i];
                fewerCounts[j++] = counts[i];
            }
        }
        return new GpuSet(classes, fewerNodes, fewerCounts);
    }

    /** Both sets together. */
    public GpuSet plus(GpuSet other) {
        GpuSet sum = this;
        for (int i = 0; i < other.nodes.length; i++) {
            sum = sum.plus(other.nodes[i], other.counts[i]);
        }
        return sum;
    }

    /** Number of GPUs. */
    public int size() {
        return size;
    }

    /** Number of nodes. */
    public int positions() {
        return nodes.length;
    }

    /** Node at a position. */
    public int node(int position) {
        return nodes[position];
    }

    /** GPUs of the node at a position, at least 1. */
    public int count(int position) {
        return counts[position];
    }

    /** GPUs of a node. */
    public int countOf(int node) {
        int position = position(node);
        return position < 0 ? 0 : counts[position];
    }

    /** What sets that perform alike have in common. */
    public Signature signature() {
        int[] key = new int[2 * nodes.length];
        boolean local = classes.isInOneZone(nodes);
        for (int i = 0; i < nodes.length; i++) {
            // Inside a zone, which one it is makes no difference; the negative sign keeps the two kinds of key apart.
            key[2 * i] = local ? -1 - classes.lookOf(nodes[i]) : classes.classOf(nodes[i]);
            key[2 * i + 1] = counts[i];
        }
        return new Signature(key);
    }

    /** Nodes and counts themselves: equal only for the same GPUs up to interchange within a node. */
    public Signature identity() {
        int[] key = new int[2 * nodes.length];
        for (int i = 0; i < nodes.length; i++) {
            key[2 * i] = nodes[i];
            key[2 * i + 1] = counts[i];
        }
        return new Signature(key);
    }

    private int position(int node) {
        for (int i = 0; i < nodes.length; i++) {
            if (nodes[i] == node) {
                return i;
            }
        }
        return -1;
    }

    /** Sorts the arrays, which the set then owns. */
    private static GpuSet sorted(NodeClasses classes, int[] nodes, int[] counts) {
        for (int i = 1; i < nodes.length; i++) {
            for (int j = i; j > 0 && precedes(classes, nodes, counts, j, j - 1); j--) {
                swap(nodes, j);
                swap(counts, j);
            }
        }
        return new GpuSet(classes, nodes, counts);
    }

    private static boolean precedes(NodeClasses classes, int[] nodes, int[] counts, int a, int b) {
        int byClass = Integer.compare(classes.classOf(nodes[a]), classes.classOf(nodes[b]));
        int byCount = byClass != 0 ? byClass : Integer.compare(counts[b], counts[a]);
        return (byCount != 0 ? byCount : Integer.compare(nodes[a], nodes[b])) < 0;
    }

    private static void swap(int[] values, int j) {
        int moved = values[j];
        values[j] = values[j - 1];
        values[j - 1] = moved;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < nodes.length; i++) {
            text.append(i == 0 ? "" : ", ")
                    .append(counts[i])
                    .append(" of node ")
                    .append(nodes[i]);
        }
        return text.append('}').toString();
    }
}
