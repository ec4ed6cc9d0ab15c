package org.partiflow.partitioning;

import java.util.Arrays;
import org.partiflow.api.graph.DeviceGraph;

/**
 * A measured graph as if the vertices of a node group were interchangeable: edges between groups are averaged. The
 * answer to it is a start for the search on the measured weights. Groups of unequal vertices are split by weight.
 * Immutable and thread-safe.
 */
final class GroupedView implements DeviceGraph {
    private final Level level;
    private final Level quotient;
    private final int[] group;
    private final long[] inner;
    private final int[] size;

    GroupedView(Level level) {
        this.level = level;
        group = splitByWeight(level);
        int groups = Arrays.stream(group).max().orElse(-1) + 1;
        quotient = level.contract(group, groups);
        size = new int[groups];
        long[] twice = new long[groups];
        for (int v = 0; v < level.size; v++) {
            size[group[v]]++;
            for (int i = level.start[v]; i < level.start[v + 1]; i++) {
                twice[group[v]] += group[level.neighbour[i]] == group[v] ? level.edge[i] : 0;
            }
        }
        inner = new long[groups];
        for (int g = 0; g < groups; g++) {
            inner[g] = size[g] < 2 ? 0 : twice[g] / ((long) size[g] * (size[g] - 1));
        }
    }

    private static int[] splitByWeight(Level level) {
        int[] group = new int[level.size];
        int used = 0;
        for (int[] members : level.members) {
            for (int i = 0; i < members.length; i++) {
                int same = -1;
                for (int j = 0; j < i; j++) {
                    same = level.weight[members[j]] == level.weight[members[i]] ? members[j] : same;
                }
                group[members[i]] = same >= 0 ? group[same] : used++;
            }
        }
        return group;
    }

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
        int g = group[a];
        int h = group[b];
        if (g == h) {
            return a == b ? 0 : inner[g];
        }
        long sum = quotient.between(g, h);
        return sum == 0 ? 0 : Math.max(1, sum / ((long) size[g] * size[h]));
    }

    @Override
    public void forEachEdge(int vertex, EdgeVisitor visitor) {
        for (int other = 0; other < level.size; other++) {
            long weight = edgeWeight(vertex, other);
            if (weight > 0) {
                visitor.visit(other, weight);
            }
        }
    }

    @Override
    public int domains() {
        return size.length;
    }

    @Override
    public int domainOf(int vertex) {
        return group[vertex];
    }
}
