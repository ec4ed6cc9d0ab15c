package org.partiflow.partitioning;

import java.util.SplittableRandom;

/**
 * Simulated annealing over moves and swaps of single vertices and of node groups within a block. Limits may be broken at
 * a price that adapts so that they are kept about half of the time; the best state that keeps them is what remains.
 * Proposals cost O(1), with groups O(group size squared); accepted ones O(degree). Not thread-safe.
 *
 * <p>Source: Johnson, Aragon, McGeoch, Schevon: Optimization by simulated annealing, part I, graph partitioning, 1989,
 * doi:10.1287/opre.37.6.865; the adaptive price is that of strategic oscillation (Glover, 1989).
 */
final class Annealer {
    private static final int EPOCH = 512;
    private static final int MOST_GROUP = 72;
    private static final double PRICE_STEP = 1.05;

    private final KwayState state;
    private final Level level;
    private final int blocks;
    private final SplittableRandom random;
    private final boolean grouped;
    private final int[] part = new int[MOST_GROUP];
    private final int[] otherPart = new int[MOST_GROUP];
    private int[] best;
    private long bestCut;
    private long bestViolation;
    private double price;
    private double temperature;
    private long work;

    Annealer(KwayState state, SplittableRandom random) {
        this.state = state;
        this.random = random;
        level = state.level;
        blocks = state.blocks;
        grouped = level.members.length < level.size;
        best = state.block.clone();
        bestCut = state.cut;
        bestViolation = state.violation;
    }

    /** Effort so far. */
    long work() {
        return work;
    }

    /**
     * Anneals from {@code hot} to {@code cold} (in the unit of the cut) and leaves the best state.
     *
     * @param mostWork effort to spend
     * @param goOn asked once in a while whether to go on
     */
    void run(double hot, double cold, long mostWork, java.util.function.BooleanSupplier goOn) {
        long begin = work;
        double meanWeight = 0;
        for (long w : level.weight) {
            meanWeight += (double) w / level.size;
        }
        temperature = hot;
        price = 2 * hot / meanWeight;
        int kept = 0;
        int proposals = 0;
        while (work - begin < mostWork) {
            propose();
            kept += state.violation == 0 ? 1 : 0;
            if (++proposals == EPOCH) {
                price = kept > EPOCH / 2 ? price / PRICE_STEP : price * PRICE_STEP;
                double done = (double) (work - begin) / mostWork;
                temperature = hot * Math.pow(cold / hot, Math.min(1, done));
                proposals = 0;
                kept = 0;
                if (!goOn.getAsBoolean()) {
                    break;
                }
            }
        }
        state.assign(best);
    }

    private void propose() {
        work += 8;
        long bits = random.nextLong();
        int v = (int) (((bits & 0xffffffffL) * level.size) >>> 32);
        int from = state.block[v];
        int kind = (int) (bits >>> 32) & 15;
        int draw = (int) (bits >>> 36) & 0xfffff;
        if (kind < 6) {
            int to = other(from, draw);
            consider(v, from, to);
        } else if (kind < 10 || !grouped) {
            int u = (int) (((long) draw * level.size) >>> 20);
            if (state.block[u] != from) {
                considerSwap(v, u);
            }
        } else if (kind < 13) {
            considerGroup(v, from, other(from, draw));
        } else {
            int u = (int) (((long) draw * level.size) >>> 20);
            if (state.block[u] != from) {
                considerGroupSwap(v, u);
            }
        }
    }

    private int other(int from, int draw) {
        int to = (int) (((long) draw * (blocks - 1)) >>> 20);
        return to >= from ? to + 1 : to;
    }

    private void consider(int v, int from, int to) {
        if (accepts(state.gain(v, to), state.violationDelta(from, to, level.weight[v]))) {
            move(v, to);
            keepBest();
        }
    }

    private void considerSwap(int v, int u) {
        int from = state.block[v];
        int to = state.block[u];
        long rough = state.gain(v, to) + state.gain(u, from);
        long broken = state.violationDelta(from, to, level.weight[v] - level.weight[u]);
        if (rough < 0 && -rough + price * broken > 30 * temperature) {
            return;
        }
        work += 8;
        if (accepts(rough - 2 * level.between(u, v), broken)) {
            move(v, to);
            move(u, from);
            keepBest();
        }
    }

    private void considerGroup(int v, int from, int to) {
        int size = collect(v, part);
        if (accepts(gain(part, size, to), state.violationDelta(from, to, weight(part, size)))) {
            for (int i = 0; i < size; i++) {
                move(part[i], to);
            }
            keepBest();
        }
    }

    private void considerGroupSwap(int v, int u) {
        int from = state.block[v];
        int to = state.block[u];
        int size = collect(v, part);
        int otherSize = collect(u, otherPart);
        long gain = gain(part, size, to) + gain(otherPart, otherSize, from);
        long broken = state.violationDelta(from, to, weight(part, size) - weight(otherPart, otherSize));
        if (gain < 0 && -gain + price * broken > 30 * temperature) {
            return;
        }
        work += 4L * size * otherSize;
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < otherSize; j++) {
                gain -= 2 * level.between(part[i], otherPart[j]);
            }
        }
        if (accepts(gain, broken)) {
            for (int i = 0; i < size; i++) {
                move(part[i], to);
            }
            for (int j = 0; j < otherSize; j++) {
                move(otherPart[j], from);
            }
            keepBest();
        }
    }

    /** The vertices of v's group that lie in v's block. */
    private int collect(int v, int[] into) {
        int own = state.block[v];
        int size = 0;
        for (int u : level.members[level.group[v]]) {
            if (state.block[u] == own && size < into.length) {
                into[size++] = u;
            }
        }
        work += 2L * level.members[level.group[v]].length;
        return size;
    }

    private long gain(int[] vertices, int size, int to) {
        long gain = 0;
        work += 4L * size + 2L * size * size;
        for (int i = 0; i < size; i++) {
            gain += state.gain(vertices[i], to);
            for (int j = 0; j < i; j++) {
                gain += 2 * level.between(vertices[i], vertices[j]);
            }
        }
        return gain;
    }

    private long weight(int[] vertices, int size) {
        long weight = 0;
        for (int i = 0; i < size; i++) {
            weight += level.weight[vertices[i]];
        }
        return weight;
    }

    private boolean accepts(long gain, long broken) {
        double worse = -gain + price * broken;
        return worse <= 0 || (worse < 30 * temperature && random.nextDouble() < Math.exp(-worse / temperature));
    }

    private void move(int v, int to) {
        state.move(v, to);
        work += level.start[v + 1] - level.start[v];
    }

    private void keepBest() {
        if (state.betterThan(bestViolation, bestCut)) {
            bestViolation = state.violation;
            bestCut = state.cut;
            System.arraycopy(state.block, 0, best, 0, best.length);
            work += best.length / 8;
        }
    }
}
