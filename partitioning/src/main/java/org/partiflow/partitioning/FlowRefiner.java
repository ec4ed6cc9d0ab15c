package org.partiflow.partitioning;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Refinement of pairs of blocks by minimum cuts [1]: around the boundary of two blocks a region is grown on either side
 * that can change sides almost freely; the least cut through it replaces the present one where that keeps the limits and
 * worsens nothing ({@link CutNetwork}). Never worsens its start. For sparse graphs. Not thread-safe.
 *
 * <p>Reference: [1] Sanders, Schulz: Engineering multilevel graph partitioning algorithms, 2011,
 * doi:10.1007/978-3-642-23719-5_40, section 4.
 */
final class FlowRefiner {
    private final KwayState state;
    private final Level level;
    private final int blocks;
    private final int[] local;
    private final int[] boundary;
    private final boolean[] listed;
    private int listedSize;
    private int[] region = new int[64];
    private int regionSize;
    private final CutNetwork network = new CutNetwork();
    private long work;

    FlowRefiner(KwayState state) {
        this.state = state;
        level = state.level;
        blocks = state.blocks;
        local = new int[level.size];
        Arrays.fill(local, -1);
        boundary = new int[level.size];
        listed = new boolean[level.size];
    }

    /** Arcs and vertices looked at: a deterministic measure of effort. */
    long work() {
        return work + network.work();
    }

    /** Treats all pairs that share a cut, in random order, until a round brings nothing; at most {@code rounds}. */
    void refine(int rounds, double reach, SplittableRandom random) {
        boolean[] active = new boolean[blocks];
        Arrays.fill(active, true);
        for (int r = 0; r < rounds; r++) {
            boolean[] changed = new boolean[blocks];
            int[] pairs = pairs(active);
            LabelledRandom.shuffle(pairs, random);
            boolean any = false;
            for (int pair : pairs) {
                int a = pair / blocks;
                int b = pair % blocks;
                long before = state.cut;
                for (double alpha = reach; alpha >= 1; alpha /= 4) {
                    if (improve(a, b, alpha)) {
                        break;
                    }
                }
                if (state.cut < before) {
                    changed[a] = true;
                    changed[b] = true;
                    any = true;
                }
            }
            if (!any) {
                return;
            }
            active = changed;
        }
    }

    private int[] pairs(boolean[] active) {
        boolean[] touching = new boolean[blocks * blocks];
        for (int v = 0; v < level.size; v++) {
            int own = state.block[v];
            if (!listed[v] && state.isBoundary(v)) {
                list(v);
            }
            for (int b = 0; b < blocks; b++) {
                if (b != own && state.connection[v * blocks + b] > 0 && (active[own] || active[b])) {
                    touching[Math.min(own, b) * blocks + Math.max(own, b)] = true;
                }
            }
        }
        work += (long) level.size * blocks;
        int[] pairs = new int[touching.length];
        int count = 0;
        for (int p = 0; p < touching.length; p++) {
            if (touching[p]) {
                pairs[count++] = p;
            }
        }
        return Arrays.copyOf(pairs, count);
    }

    private boolean improve(int a, int b, double alpha) {
        regionSize = 0;
        grow(a, b, (long) (alpha * Math.max(0, state.most[b] - state.load[b])));
        int left = regionSize;
        grow(b, a, (long) (alpha * Math.max(0, state.most[a] - state.load[a])));
        boolean better = left > 0 && regionSize > left && cutRegion(a, b);
        for (int i = 0; i < regionSize; i++) {
            local[region[i]] = -1;
        }
        return better;
    }

    /** Breadth-first from the vertices of {@code own} that touch {@code other}, up to a weight. */
    private void grow(int own, int other, long most) {
        long weight = 0;
        int begin = regionSize;
        for (int i = 0; i < listedSize; i++) {
            int v = boundary[i];
            if (state.block[v] == own && state.connection[v * blocks + other] > 0 && weight + level.weight[v] <= most) {
                weight += level.weight[v];
                add(v);
            }
        }
        work += listedSize / 4;
        for (int at = begin; at < regionSize; at++) {
            int v = region[at];
            work += level.start[v + 1] - level.start[v];
            for (int i = level.start[v]; i < level.start[v + 1]; i++) {
                int u = level.neighbour[i];
                if (local[u] < 0 && state.block[u] == own && weight + level.weight[u] <= most) {
                    weight += level.weight[u];
                    add(u);
                }
            }
        }
    }

    /** Remembers a vertex that may touch another block. */
    private void list(int v) {
        listed[v] = true;
        boundary[listedSize++] = v;
    }

    private void listNeighbours(int v) {
        for (int i = level.start[v]; i < level.start[v + 1]; i++) {
            if (!listed[level.neighbour[i]]) {
                list(level.neighbour[i]);
            }
        }
    }

    private void add(int v) {
        if (regionSize == region.length) {
            region = Arrays.copyOf(region, 2 * regionSize);
        }
        local[v] = regionSize + 2;
        region[regionSize++] = v;
    }

    private boolean cutRegion(int a, int b) {
        build(a, b);
        network.saturate();
        long violation = state.violation;
        long cut = state.cut;
        long spread = Math.abs(state.load[a] - state.load[b]);
        int[] before = new int[regionSize];
        for (int i = 0; i < regionSize; i++) {
            before[i] = state.block[region[i]];
        }
        for (boolean fromSource : new boolean[] {true, false}) {
            boolean[] sourceSide = fromSource ? network.reachable() : network.notReaching();
            for (int i = 0; i < regionSize; i++) {
                int side = sourceSide[i + 2] ? a : b;
                if (state.block[region[i]] != side) {
                    state.move(region[i], side);
                }
            }
            boolean balanced = Math.abs(state.load[a] - state.load[b]) < spread;
            if (state.betterThan(violation, cut) || (state.violation == violation && state.cut == cut && balanced)) {
                for (int i = 0; i < regionSize; i++) {
                    if (state.block[region[i]] != before[i]) {
                        listNeighbours(region[i]);
                    }
                }
                return true;
            }
            for (int i = 0; i < regionSize; i++) {
                if (state.block[region[i]] != before[i]) {
                    state.move(region[i], before[i]);
                }
            }
        }
        return false;
    }

    private void build(int a, int b) {
        network.begin(regionSize + 2);
        for (int i = 0; i < regionSize; i++) {
            int v = region[i];
            long outA = 0;
            long outB = 0;
            for (int e = level.start[v]; e < level.start[v + 1]; e++) {
                int u = level.neighbour[e];
                int block = state.block[u];
                if (local[u] > i + 2) {
                    network.link(i + 2, local[u], level.edge[e], level.edge[e]);
                } else if (local[u] < 0 && block == a) {
                    outA += level.edge[e];
                } else if (local[u] < 0 && block == b) {
                    outB += level.edge[e];
                }
            }
            if (outA > 0) {
                network.link(CutNetwork.SOURCE, i + 2, outA, 0);
            }
            if (outB > 0) {
                network.link(i + 2, CutNetwork.SINK, outB, 0);
            }
        }
    }
}
