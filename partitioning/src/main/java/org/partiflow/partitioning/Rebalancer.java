package org.partiflow.partitioning;

/** Mends limits by single moves that cost the cut least for what they mend. O(vertices x blocks) a step. Stateless. */
final class Rebalancer {
    private Rebalancer() {}

    /** Moves vertices until all limits are kept or no move mends any; returns whether they are kept. */
    static boolean rebalance(KwayState state) {
        for (int step = 0; step < 2 * state.level.size && state.violation > 0; step++) {
            if (!step(state)) {
                return false;
            }
        }
        return state.violation == 0;
    }

    private static boolean step(KwayState state) {
        int bestVertex = -1;
        int bestTo = -1;
        double bestScore = Double.NEGATIVE_INFINITY;
        for (int v = 0; v < state.level.size; v++) {
            int from = state.block[v];
            boolean over = state.load[from] > state.most[from];
            for (int to = 0; to < state.blocks; to++) {
                if (to == from || (!over && state.load[to] >= state.least)) {
                    continue;
                }
                long delta = state.violationDelta(from, to, state.level.weight[v]);
                if (delta < 0) {
                    long gain = state.gain(v, to);
                    double score = gain >= 0 ? (double) gain * -delta : (double) gain / -delta;
                    if (score > bestScore) {
                        bestScore = score;
                        bestVertex = v;
                        bestTo = to;
                    }
                }
            }
        }
        if (bestVertex >= 0) {
            state.move(bestVertex, bestTo);
        }
        return bestVertex >= 0;
    }
}
