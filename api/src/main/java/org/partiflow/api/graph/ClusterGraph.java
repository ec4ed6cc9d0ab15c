package org.partiflow.api.graph;

import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.cluster.Link;

/** The GPU graph of a cluster: vertices weigh their memory, edges their undisturbed bandwidth. O(GPUs) memory. */
public final class ClusterGraph implements DeviceGraph {
    private final Cluster cluster;

    /** Views {@code cluster} as a graph. */
    public ClusterGraph(Cluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public int size() {
        return cluster.gpuCount();
    }

    @Override
    public long vertexWeight(int vertex) {
        return cluster.gpuType(vertex).memory().bytes();
    }

    @Override
    public long edgeWeight(int a, int b) {
        return a == b ? 0 : (long) cluster.link(a, b).bytesPerSecond();
    }

    @Override
    public void forEachEdge(int vertex, EdgeVisitor visitor) {
        int own = cluster.nodeOf(vertex);
        int gpu = 0;
        for (int node = 0; node < cluster.nodeCount(); node++) {
            int end = gpu + cluster.node(node).count();
            Link link = node == own ? cluster.node(node).intraNode() : cluster.nodeLink(own, node);
            long weight = (long) link.bytesPerSecond();
            for (; gpu < end; gpu++) {
                if (gpu != vertex && weight > 0) {
                    visitor.visit(gpu, weight);
                }
            }
        }
    }

    @Override
    public int domains() {
        return cluster.nodeCount();
    }

    @Override
    public int domainOf(int vertex) {
        return cluster.nodeOf(vertex);
    }
}
