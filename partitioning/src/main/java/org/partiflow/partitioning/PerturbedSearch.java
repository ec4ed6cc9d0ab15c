package org.partiflow.partitioning;

import java.util.SplittableRandom;
import org.partiflow.api.control.Budget;

/**
 * Iterated local search: kicks the best state by a few random moves, refines, and goes back unless the result is at least
 * as good. Ends after a number of kicks without progress or a deterministic amount of work. Not thread-safe.
 *
 * <p>Source: Lourenco, Martin, Stuetzle: Iterated local search, 2003, doi:10.1007/0-306-48056-5_11.
 */
final class PerturbedSearch {
    private static final int IDLE_KICKS = 40;
    private static final int MOST_KICK_MOVES = 6;
    private static final long MOST_WORK = 120_000_000;

    private final BlockState state;
    private final KernighanLinRefiner refiner;
    private final SplittableRandom random;

    PerturbedSearch(BlockState state, KernighanLinRefiner refiner, SplittableRandom random) {
        this.state = state;
        this.refiner = refiner;
        this.random = random;
    }

    /** Searches from the present state, which is never worsened. */
    void run(Budget budget) {
        int[] best = state.counts();
        long violation = state.violation();
        long cut = state.cut();
        for (int idle = 0; idle < IDLE_KICKS && refiner.work() < MOST_WORK && budget.mayGoOn(); idle++) {
            kick();
            refiner.refine(budget);
            if (state.betterThan(violation, cut)) {
                idle = -1;
            }
            if (state.violation() == violation && state.cut() == cut || idle < 0) {
                best = state.counts();
                violation = state.violation();
                cut = state.cut();
            } else {
                state.reset(best);
            }
        }
        state.reset(best);
    }

    private void kick() {
        int moves = 2 + random.nextInt(MOST_KICK_MOVES - 1);
        for (int i = 0; i < moves; i++) {
            int domain = random.nextInt(state.graph.domains());
            int from = occupied(domain);
            int to = random.nextInt(state.blocks);
            int all = state.count(domain, from);
            int number = random.nextBoolean() ? all : 1 + random.nextInt(all);
            if (to != from) {
                state.move(domain, from, to, number);
            }
        }
    }

    /** A random block among those that hold the domain. */
    private int occupied(int domain) {
        int block = random.nextInt(state.blocks);
        while (state.count(domain, block) == 0) {
            block = (block + 1) % state.blocks;
        }
        return block;
    }
}
