package org.partiflow.partitioning;

import java.util.SplittableRandom;
import org.partiflow.api.control.Budget;

/** When, how hot and how long to anneal: for graphs with node groups or few vertices. Not thread-safe. */
final class AnnealingPlan {
    private static final int MOST_VERTICES = 1500;
    private static final int SMALL = 128;
    private static final long WORK_BY_ENTRY = 300;
    private static final long LEAST_WORK = 100_000_000;
    private static final double[] REHEATS = {0.05, 0.1, 0.05, 0.1};
    private static final double COLD = 1e-3;

    private final KwayState state;
    private final SplittableRandom random;
    private final Budget budget;

    AnnealingPlan(KwayState state, SplittableRandom random, Budget budget) {
        this.state = state;
        this.random = random;
        this.budget = budget;
    }

    /** Effort that DEFAULT spends; 0 where annealing does not pay. */
    static long work(Level level, int blocks) {
        if (level.size > MOST_VERTICES || blocks < 2 || level.size < 3) {
            return 0;
        }
        double small = Math.min(1, (double) level.size / SMALL);
        return (long) (small * small * (LEAST_WORK + WORK_BY_ENTRY * level.neighbour.length));
    }

    /** Anneals the state, which is never worsened. */
    void run(long work) {
        Level level = state.level;
        double scale = 0;
        for (long w : level.edge) {
            scale += (double) w / level.size;
        }
        for (double heat : REHEATS) {
            Annealer annealer = new Annealer(state, random);
            annealer.run(heat * scale, heat * scale * COLD, work / 3, budget::spend);
            new FmRefiner(state).refineGlobally(3, 100, random);
        }
    }
}
