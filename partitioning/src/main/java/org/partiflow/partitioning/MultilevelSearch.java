package org.partiflow.partitioning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.partiflow.api.control.Budget;

/**
 * The search behind {@link MultilevelPartitioner}: independent multilevel runs, recombination by V-cycles that keep what
 * two parents cut [1], and annealing where the graph is small enough. Not thread-safe.
 *
 * <p>Reference: [1] Sanders, Schulz: Distributed evolutionary graph partitioning, 2012, arXiv:1110.0477.
 */
final class MultilevelSearch {
    private static final int COARSE_BY_BLOCK = 20;
    private static final int LEAST_COARSE = 120;
    private static final int INITIAL_TRIES = 6;
    private static final int LOCAL_PATIENCE = 25;
    private static final long WORK_BY_EVALUATION = 1000;

    private final Level finest;
    private final long[] most;
    private final long least;
    private final MultilevelPreset preset;
    private final SplittableRandom random;
    private final Budget budget;
    private final List<Individual> population = new ArrayList<>();
    private final long heaviest;
    private final int target;

    /** A partition of the finest level and its quality. */
    private record Individual(int[] blocks, long violation, long cut) {
        boolean betterThan(Individual other) {
            return violation != other.violation ? violation < other.violation : cut < other.cut;
        }
    }

    MultilevelSearch(
            Level finest,
            long[] most,
            long least,
            MultilevelPreset preset,
            SplittableRandom random,
            Budget budget) {
        this.finest = finest;
        this.most = most;
        this.least = least;
        this.preset = preset;
        this.random = random;
        this.budget = budget;
        target = Math.max(LEAST_COARSE, COARSE_BY_BLOCK * most.length);
        long total = Arrays.stream(finest.weight).sum();
        long largest = Arrays.stream(finest.weight).max().orElse(1);
        heaviest = Math.max(largest, Math.min(most[0] / 3, 3 * total / target));
    }

    /** The best partition found from a given one. */
    int[] run(int[] given) {
        KwayState state = new KwayState(finest, most, least);
        keep(measured(state, given));
        for (int i = 0; i < preset.starts() && budget.mayGoOn(); i++) {
            keep(fresh());
        }
        for (int i = 0; i < preset.cycles() && budget.mayGoOn(); i++) {
            keep(recombined());
        }
        Individual best = best();
        long annealing = AnnealingPlan.work(finest, most.length) * preset.annealing();
        if (annealing > 0 && budget.mayGoOn()) {
            state.assign(best.blocks);
            new AnnealingPlan(state, random, budget).run(annealing);
            return state.block.clone();
        }
        return best.blocks;
    }

    private Individual fresh() {
        Coarsener.Hierarchy hierarchy =
                Coarsener.coarsen(finest, new int[finest.size], target, heaviest, random);
        Level coarsest = hierarchy.coarsest();
        int[] start = new RecursiveBisection(coarsest, most[0], INITIAL_TRIES, random).partition(most.length);
        return refineUp(hierarchy, start);
    }

    private Individual recombined() {
        Individual first = population.get(random.nextInt(population.size()));
        Individual second = population.get(random.nextInt(population.size()));
        int k = most.length;
        int[] labels = new int[finest.size];
        for (int v = 0; v < labels.length; v++) {
            labels[v] = first.blocks[v] * k + second.blocks[v];
        }
        Individual better = first.betterThan(second) ? first : second;
        Coarsener.Hierarchy hierarchy = Coarsener.coarsen(finest, labels, target, heaviest, random);
        int[] blocks = better.blocks;
        for (int[] map : hierarchy.maps()) {
            int[] coarse = new int[Arrays.stream(map).max().orElse(0) + 1];
            for (int v = 0; v < map.length; v++) {
                coarse[map[v]] = blocks[v];
            }
            blocks = coarse;
        }
        return refineUp(hierarchy, blocks);
    }

    private Individual refineUp(Coarsener.Hierarchy hierarchy, int[] start) {
        int[] blocks = start;
        for (int l = hierarchy.levels().size() - 1; l >= 0; l--) {
            KwayState state = new KwayState(hierarchy.levels().get(l), most, least);
            state.assign(blocks);
            FmRefiner refiner = new FmRefiner(state);
            if (budget.mayGoOn()) {
                Rebalancer.rebalance(state);
                refiner.refineGlobally(preset.cycles() > 0 ? 5 : 2, 100 + state.level.size / 50, random);
                if (preset.cycles() > 0) {
                    refiner.refineLocally(5, LOCAL_PATIENCE, random);
                }
                budget.spend(1 + refiner.work() / WORK_BY_EVALUATION);
            }
            if (l == 0) {
                return new Individual(state.block.clone(), state.violation, state.cut);
            }
            blocks = hierarchy.refine(state.block, l - 1);
        }
        throw new IllegalStateException("a hierarchy has at least one level");
    }

    private Individual measured(KwayState state, int[] blocks) {
        state.assign(blocks);
        return new Individual(blocks.clone(), state.violation, state.cut);
    }

    private Individual best() {
        Individual best = population.get(0);
        for (Individual i : population) {
            best = i.betterThan(best) ? i : best;
        }
        return best;
    }

    /** Adds to the population, which keeps its best, as many as there are starts. */
    private void keep(Individual found) {
        if (population.stream().anyMatch(i -> i.cut == found.cut && i.violation == found.violation)) {
            return;
        }
        population.add(found);
        if (population.size() > Math.max(2, preset.starts())) {
            Individual worst = population.get(0);
            for (Individual i : population) {
                worst = worst.betterThan(i) ? i : worst;
            }
            population.remove(worst);
        }
    }
}
