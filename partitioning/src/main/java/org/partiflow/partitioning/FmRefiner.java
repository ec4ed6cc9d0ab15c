package org.partiflow.partitioning;

import java.util.SplittableRandom;

/**
 * K-way Fiduccia-Mattheyses local search [1] with a heap of best moves, global (from the whole boundary) and localised
 * (from single boundary vertices [2]). Never worsens its start: violation first, then cut. Not thread-safe.
 *
 * <p>References: [1] Fiduccia, Mattheyses, 1982, doi:10.1109/DAC.1982.1585498. [2] Sanders, Schulz: Engineering
 * multilevel graph partitioning algorithms, 2011, doi:10.1007/978-3-642-23719-5_40, section 4 (multi-try FM).
 */
final class FmRefiner {
    /** Most effort of localised searches by entry of the graph and of the table: what keeps dense graphs linear. */
    private static final long LOCAL_WORK = 100;

    private static final long LOCAL_WORK_DENSE = 25;
    private static final int DENSE_DEGREE = 64;

    private final KwayState state;
    private final Level level;
    private final int blocks;
    private final VertexHeap heap;
    private final int[] target;
    private final int[] stamp;
    private final int[] log;
    private final int[] logFrom;
    private int round;
    private int logged;
    private long work;

    FmRefiner(KwayState state) {
        this.state = state;
        level = state.level;
        blocks = state.blocks;
        heap = new VertexHeap(level.size);
        target = new int[level.size];
        stamp = new int[level.size];
        log = new int[level.size];
        logFrom = new int[level.size];
    }

    /** Row entries and edges looked at so far: a deterministic measure of effort. */
    long work() {
        return work;
    }

    /** Global passes until one does not improve, at most {@code passes}. */
    void refineGlobally(int passes, int patience, SplittableRandom random) {
        int[] order = Level.identity(level.size);
        for (int pass = 0; pass < passes; pass++) {
            LabelledRandom.shuffle(order, random);
            round++;
            heap.clear();
            for (int v : order) {
                work += blocks;
                if (state.isBoundary(v) || state.violation > 0) {
                    offer(v);
                }
            }
            if (!search(patience)) {
                return;
            }
        }
    }

    /** Localised searches from every boundary vertex in random order; each vertex moves once by round. */
    void refineLocally(int rounds, int patience, SplittableRandom random) {
        int[] seeds = new int[level.size];
        long end = work
                + (level.neighbour.length > (long) DENSE_DEGREE * level.size ? LOCAL_WORK_DENSE : LOCAL_WORK)
                        * (level.neighbour.length + (long) level.size * blocks);
        for (int r = 0; r < rounds; r++) {
            int count = 0;
            for (int v = 0; v < level.size; v++) {
                if (state.isBoundary(v)) {
                    seeds[count++] = v;
                }
            }
            work += (long) level.size * blocks;
            int[] order = java.util.Arrays.copyOf(seeds, count);
            LabelledRandom.shuffle(order, random);
            round++;
            boolean improved = false;
            for (int v : order) {
                if (stamp[v] != round && work < end) {
                    heap.clear();
                    offer(v);
                    improved |= search(patience);
                }
            }
            if (!improved) {
                return;
            }
        }
    }

    private boolean search(int patience) {
        long startViolation = state.violation;
        long startCut = state.cut;
        long violation = startViolation;
        long cut = startCut;
        int keep = 0;
        logged = 0;
        int idle = 0;
        while (!heap.isEmpty() && idle < patience) {
            int v = heap.top();
            long old = heap.key(v);
            if (!refresh(v)) {
                heap.remove(v);
                continue;
            }
            if (heap.key(v) < old) {
                continue;
            }
            heap.remove(v);
            step(v);
            idle++;
            if (state.betterThan(violation, cut)) {
                violation = state.violation;
                cut = state.cut;
                keep = logged;
                idle = 0;
            }
        }
        while (logged > keep) {
            logged--;
            work += level.start[log[logged] + 1] - level.start[log[logged]];
            state.move(log[logged], logFrom[logged]);
        }
        return state.betterThan(startViolation, startCut);
    }

    private void step(int v) {
        int from = state.block[v];
        int to = target[v];
        log[logged] = v;
        logFrom[logged++] = from;
        stamp[v] = round;
        state.move(v, to);
        int end = level.start[v + 1];
        work += 3L * (end - level.start[v]);
        for (int i = level.start[v]; i < end; i++) {
            int u = level.neighbour[i];
            if (stamp[u] == round) {
                continue;
            }
            if (!heap.contains(u)) {
                offer(u);
            } else {
                int own = state.block[u];
                int aim = target[u];
                if (own == from || own == to || aim == from || aim == to) {
                    update(u);
                } else if (state.gain(u, to) > heap.key(u)) {
                    update(u);
                }
            }
        }
    }

    private void update(int v) {
        if (!refresh(v)) {
            heap.remove(v);
        }
    }

    private void offer(int v) {
        refresh(v);
    }

    /** Finds the best allowed move of a vertex and sets its key; false if none is allowed. */
    private boolean refresh(int v) {
        int own = state.block[v];
        long weight = level.weight[v];
        long[] connection = state.connection;
        int row = v * blocks;
        int best = -1;
        long most = -1;
        work += blocks;
        boolean breaks = state.deficit(own, state.load[own] - weight) > state.deficit(own, state.load[own]);
        for (int b = 0; b < blocks && !breaks; b++) {
            long c = connection[row + b];
            if (b == own || c < most) {
                continue;
            }
            boolean allowed = state.load[b] + weight <= state.most[b]
                    || (state.violation > 0 && state.violationDelta(own, b, weight) < 0);
            if (allowed && (c > most || state.load[b] < state.load[best])) {
                best = b;
                most = c;
            }
        }
        if (best < 0) {
            return false;
        }
        target[v] = best;
        heap.put(v, most - connection[row + own]);
        return true;
    }
}
