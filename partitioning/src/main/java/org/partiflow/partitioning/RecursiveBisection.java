package org.partiflow.partitioning;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Initial partitions of small graphs: recursive bisection, every cut the best of several greedy graph growings [1] from
 * random vertices, each refined. O(tries x edges x log blocks). Not thread-safe.
 *
 * <p>Reference: [1] Karypis, Kumar, 1998, doi:10.1137/S1064827595287997, section 3.2.
 */
final class RecursiveBisection {
    private static final int SMALL = 150;
    private static final int PASSES = 3;
    private static final int PATIENCE = 60;

    /** Splits a graph in two. */
    interface Bisector {
        /** Side of each vertex, 0 or 1, given the most that either may weigh. */
        int[] bisect(Level part, long[] most);
    }

    private final Level level;
    private final long most;
    private final int tries;
    private final @Nullable Bisector multilevel;
    private final SplittableRandom random;
    private final int[] result;
    private final int[] scratch;

    /**
     * Prepares.
     *
     * @param most most that a block may weigh
     * @param tries growings for each bisection, at least 1
     */
    RecursiveBisection(Level level, long most, int tries, SplittableRandom random, @Nullable Bisector multilevel) {
        this.multilevel = multilevel;
        this.level = level;
        this.most = most;
        this.tries = tries;
        this.random = random;
        result = new int[level.size];
        scratch = new int[level.size];
    }

    /** Block of each vertex in [0, blocks); limits are aimed at, not promised. */
    int[] partition(int blocks) {
        split(Level.identity(level.size), 0, blocks);
        return result;
    }

    private void split(int[] vertices, int firstBlock, int share) {
        if (share == 1 || vertices.length == 0) {
            for (int v : vertices) {
                result[v] = firstBlock;
            }
            return;
        }
        int leftShare = share / 2;
        int[] side = bisect(level.induced(vertices, scratch), leftShare, share);
        int left = 0;
        for (int s : side) {
            left += 1 - s;
        }
        int[] first = new int[left];
        int[] second = new int[vertices.length - left];
        int i = 0;
        int j = 0;
        for (int v = 0; v < vertices.length; v++) {
            if (side[v] == 0) {
                first[i++] = vertices[v];
            } else {
                second[j++] = vertices[v];
            }
        }
        split(first, firstBlock, leftShare);
        split(second, firstBlock + leftShare, share - leftShare);
    }

    private int[] bisect(Level part, int leftShare, int share) {
        double total = 0;
        for (long w : part.weight) {
            total += w;
        }
        double slack = Math.max(1, Math.pow(most * share / total, 1 / Math.ceil(Math.log(share) / Math.log(2))));
        double target = total * leftShare / share;
        long[] limits = {(long) (slack * target), (long) (slack * (total - target))};
        if (multilevel != null && part.size > SMALL) {
            return multilevel.bisect(part, limits);
        }
        KwayState state = new KwayState(part, limits, 0);
        FmRefiner refiner = new FmRefiner(state);
        VertexHeap heap = new VertexHeap(part.size);
        int[] best = new int[part.size];
        long violation = Long.MAX_VALUE;
        long cut = Long.MAX_VALUE;
        for (int t = 0; t < tries; t++) {
            grow(state, heap, (long) target);
            refiner.refineGlobally(PASSES, PATIENCE, random);
            if (state.betterThan(violation, cut)) {
                violation = state.violation;
                cut = state.cut;
                best = state.block.clone();
            }
        }
        return best;
    }

    private void grow(KwayState state, VertexHeap heap, long target) {
        Level part = state.level;
        int[] all = new int[part.size];
        java.util.Arrays.fill(all, 1);
        state.assign(all);
        heap.clear();
        int moved = 0;
        while (state.load[0] < target && moved < part.size) {
            if (heap.isEmpty()) {
                int seed = random.nextInt(part.size);
                while (state.block[seed] == 0) {
                    seed = (seed + 1) % part.size;
                }
                heap.put(seed, 0);
            }
            int v = heap.top();
            heap.remove(v);
            long after = state.load[0] + part.weight[v];
            if (after > state.most[0] && after - target > target - state.load[0]) {
                moved++;
                continue;
            }
            state.move(v, 0);
            moved++;
            for (int i = part.start[v]; i < part.start[v + 1]; i++) {
                int u = part.neighbour[i];
                if (state.block[u] == 1) {
                    heap.put(u, state.gain(u, 0));
                }
            }
        }
    }
}
