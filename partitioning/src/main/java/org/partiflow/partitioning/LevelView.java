package org.partiflow.partitioning;

import org.partiflow.api.graph.DeviceGraph;

/** A {@link Level} as a graph without domains. Immutable and thread-safe. */
record LevelView(Level level) implements DeviceGraph {
    @Override
    public int size() {
        return level.size;
    }

    @Override
    public long vertexWeight(int vertex) {
        return level.weight[vertex];
    }

    @Override
    public long edgeWeight(int a, int b) {
        return a == b ? 0 : level.between(a, b);
    }

    @Override
    public void forEachEdge(int vertex, EdgeVisitor visitor) {
        for (int i = level.start[vertex]; i < level.start[vertex + 1]; i++) {
            visitor.visit(level.neighbour[i], level.edge[i]);
        }
    }

    @Override
    public int domains() {
        return level.size;
    }

    @Override
    public int domainOf(int vertex) {
        return vertex;
    }
}
