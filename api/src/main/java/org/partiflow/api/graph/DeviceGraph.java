package org.partiflow.api.graph;

/**
 * A weighted graph whose vertices are GPUs. Implementations are immutable, thread-safe, and never need memory quadratic
 * in the number of vertices.
 */
public interface DeviceGraph {
    /** Receives an edge. */
    @FunctionalInterface
    interface EdgeVisitor {
        /** One edge to {@code neighbour} of positive {@code weight}. */
        void visit(int neighbour, long weight);
    }

    /** Number of vertices, at least 1. */
    int size();

    /** Weight of a vertex, above zero: memory in bytes for a cluster. */
    long vertexWeight(int vertex);

    /** Weight of the edge between two different vertices: bandwidth in bytes per second; 0 if there is none. */
    long edgeWeight(int a, int b);

    /** Visits the edges of a vertex by ascending neighbour. */
    void forEachEdge(int vertex, EdgeVisitor visitor);

    /** Number of domains. */
    int domains();

    /**
     * The domain of a vertex: a node of a cluster. Vertices of one domain have equal weights and equal edges to all
     * others, so they are interchangeable. In a graph without such structure every vertex is its own domain.
     */
    int domainOf(int vertex);

    /** Sum of the vertex weights. */
    default long totalWeight() {
        long total = 0;
        for (int v = 0; v < size(); v++) {
            total += vertexWeight(v);
        }
        return total;
    }
}
