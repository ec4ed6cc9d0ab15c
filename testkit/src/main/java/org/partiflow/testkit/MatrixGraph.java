package org.partiflow.testkit;

import org.partiflow.api.graph.DeviceGraph;

/** A small graph without domains, by its matrix. Immutable and thread-safe; quadratic memory, so for tests only. */
record MatrixGraph(long[] weights, long[][] edges) implements DeviceGraph {
    @Override
    public int size() {
        return weights.length;
    }

    @Override
    public long vertexWeight(int vertex) {
        return weights[vertex];
    }

    @Override
    public long edgeWeight(int a, int b) {
        return a == b ? 0 : edges[a][b];
    }

    @Override
    public void forEachEdge(int vertex, EdgeVisitor visitor) {
        for (int other = 0; other < weights.length; other++) {
            if (edgeWeight(vertex, other) > 0) {
                visitor.visit(other, edgeWeight(vertex, other));
            }
        }
    }

    @Override
    public int domains() {
        return weights.length;
    }

    @Override
    public int domainOf(int vertex) {
        return vertex;
    }
}
