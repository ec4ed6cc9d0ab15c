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
    private static final int MOST_EXACT = 40;
    private static final long EXACT_NODES = 20_000;
    private static final int DEEP_COARSE = 24;
    /** In turn: most that a vertex of the coarsest graph may weigh, relative to a block; 0 for no deep coarsening. */
    private static final double[] DEEP_SHARES = {0, 0.3, 0, 0.6};

    private static final int MOST_COARSE_ANNEALED = 1500;
    private static final double COARSE_HEAT = 0.1;
    private static final long COARSE_WORK = 1_500_000;
    private static final int MOST_FLOW_DEGREE = 40;
    private static final int FLOW_ROUNDS = 4;
    private static final double FLOW_REACH = 16;
    private static final long WORK_BY_EVALUATION = 1000;

    private final Level finest;
    private final long[] most;
    private final long least;
    private final Effort effort;
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

    MultilevelSearch(Level finest, long[] most, long least, Effort effort, SplittableRandom random, Budget budget) {
        this.finest = finest;
        this.most = most;
        this.least = least;
        this.effort = effort;
        this.random = random;
        this.budget = budget;
        target = Math.max(LEAST_COARSE, COARSE_BY_BLOCK * most.length);
        long total = Arrays.stream(finest.weight).sum();
        long largest = Arrays.stream(finest.weight).max().orElse(1);
        heaviest = Math.max(largest, Math.min(most[0] / 3, 3 * total / target));
    }

    /** The best partition found, not worse than a given one. */
    int[] run(int[] given) {
        KwayState state = new KwayState(finest, most, least);
        keep(measured(state, given));
        return search(state);
    }

    /** The best partition found, from nothing. */
    int[] run() {
        return search(new KwayState(finest, most, least));
    }

    private int[] search(KwayState state) {
        Effort inner = effort.nested();
        for (int i = 0; i < effort.bisections() && most.length > 2 && budget.mayGoOn(); i++) {
            keep(bisected());
        }
        for (int i = 0; i < effort.starts() && budget.mayGoOn(); i++) {
            keep(inner == null ? fresh(effort.deep() ? DEEP_SHARES[i % DEEP_SHARES.length] : 0) : nested(inner));
        }
        for (int i = 0; i < effort.cycles() && budget.mayGoOn(); i++) {
            keep(recombined());
        }
        annealNodes();
        Individual best = best();
        long annealing = (long) (AnnealingPlan.work(finest, most.length) * effort.annealing());
        if (annealing > 0 && budget.mayGoOn()) {
            state.assign(best.blocks);
            new AnnealingPlan(state, random, budget).run(annealing);
            return state.block.clone();
        }
        return best.blocks;
    }

    /** One run whose coarser levels are searched on their own. */
    private Individual nested(Effort nested) {
        Coarsener.Hierarchy hierarchy =
                Coarsener.coarsen(finest, new int[finest.size], Effort.MIDDLE, heaviest, random);
        Level middle = hierarchy.coarsest();
        MultilevelSearch inner = new MultilevelSearch(middle, most, least, nested, random, budget);
        return refineUp(hierarchy, inner.search(new KwayState(middle, most, least)), false);
    }

    /** In large graphs, anneals what the best partition makes of whole nodes. */
    private void annealNodes() {
        if (effort.annealing() == 0
                || finest.members.length == finest.size
                || AnnealingPlan.work(finest, most.length) > 0) {
            return;
        }
        Individual best = best();
        int[] map = Coarsener.byGroup(finest, best.blocks, heaviest);
        int[] coarse = new int[Arrays.stream(map).max().orElse(0) + 1];
        for (int v = 0; v < map.length; v++) {
            coarse[map[v]] = best.blocks[v];
        }
        Level nodes = finest.contract(map, coarse.length);
        long work = (long) (AnnealingPlan.work(nodes, most.length) * effort.annealing());
        if (work > 0 && budget.mayGoOn()) {
            KwayState state = new KwayState(nodes, most, least);
            state.assign(coarse);
            new AnnealingPlan(state, random, budget).run(work);
            keep(refineUp(new Coarsener.Hierarchy(List.of(finest, nodes), List.of(map)), state.block, false));
        }
    }

    /** One run from nothing; a deep one, of a share above 0, coarsens on until clusters of nodes, such as zones, are single vertices. */
    private Individual fresh(double share) {
        boolean deep = share > 0;
        int size = deep ? Math.max(DEEP_COARSE, 2 * most.length) : target;
        long weight = deep ? Math.max(heaviest, (long) (share * most[0])) : heaviest;
        Coarsener.Hierarchy hierarchy = Coarsener.coarsen(finest, new int[finest.size], size, weight, random);
        Level coarsest = hierarchy.coarsest();
        int[] start = new RecursiveBisection(coarsest, most[0], INITIAL_TRIES, random, null).partition(most.length);
        return refineUp(hierarchy, start, true);
    }

    /** One run that starts by recursive bisection, every cut a search of its own. */
    private Individual bisected() {
        int[] start = new RecursiveBisection(
                        finest,
                        most[0],
                        INITIAL_TRIES,
                        random,
                        (part, limits) -> new MultilevelSearch(part, limits, 0, Effort.BISECTION, random, budget)
                                .search(new KwayState(part, limits, 0)))
                .partition(most.length);
        return refineUp(new Coarsener.Hierarchy(List.of(finest), List.of()), start, false);
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
        return refineUp(hierarchy, blocks, false);
    }

    private Individual refineUp(Coarsener.Hierarchy hierarchy, int[] start, boolean fresh) {
        int[] blocks = start;
        for (int l = hierarchy.levels().size() - 1; l >= 0; l--) {
            KwayState state = new KwayState(hierarchy.levels().get(l), most, least);
            state.assign(blocks);
            FmRefiner refiner = new FmRefiner(state);
            if (budget.mayGoOn()) {
                if (fresh && state.level.size <= effort.coarseAnnealed()) {
                    annealCoarse(state);
                }
                Rebalancer.rebalance(state);
                refiner.refineGlobally(effort.passes(), 100 + state.level.size / 50, random);
                if (effort.localRounds() > 0) {
                    refiner.refineLocally(effort.localRounds(), LOCAL_PATIENCE, random);
                }
                budget.spend(1 + (refiner.work() + flow(state)) / WORK_BY_EVALUATION);
            }
            if (l == 0) {
                return new Individual(state.block.clone(), state.violation, state.cut);
            }
            blocks = hierarchy.refine(state.block, l - 1);
        }
        throw new IllegalStateException("a hierarchy has at least one level");
    }

    private void annealCoarse(KwayState state) {
        double scale = 0;
        for (long w : state.level.edge) {
            scale += (double) w / state.level.size;
        }
        long work = COARSE_WORK * state.level.size / 100;
        if (scale > 0) {
            new Annealer(state, random).run(COARSE_HEAT * scale, COARSE_HEAT * scale / 100, work, budget::mayGoOn);
        }
        if (state.level.size <= MOST_EXACT && scale > 0) {
            new Annealer(state, random).run(scale / 100, scale / 10_000, work, budget::mayGoOn);
            solveExactly(state);
        }
    }

    /** Branch and bound for a better state, as far as some nodes reach. */
    private void solveExactly(KwayState state) {
        BranchAndBound exact = new BranchAndBound(
                new DomainGraph(new LevelView(state.level)),
                state.blocks,
                least,
                most[0],
                state.violation == 0 ? state.cut : Long.MAX_VALUE,
                EXACT_NODES,
                budget);
        exact.run();
        exact.best().ifPresent(counts -> {
            int[] blocks = new int[state.level.size];
            for (int i = 0; i < counts.length; i++) {
                if (counts[i] > 0) {
                    blocks[i / state.blocks] = i % state.blocks;
                }
            }
            state.assign(blocks);
        });
    }

    /** Min-cut refinement of sparse levels; returns the effort. */
    private long flow(KwayState state) {
        if (!effort.flows() || state.level.neighbour.length > (long) MOST_FLOW_DEGREE * state.level.size) {
            return 0;
        }
        FlowRefiner flow = new FlowRefiner(state);
        flow.refine(FLOW_ROUNDS, FLOW_REACH, random);
        return flow.work();
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

    /** Adds to the population, which keeps its best, as many as there are starts of either kind. */
    private void keep(Individual found) {
        if (population.stream().anyMatch(i -> i.cut == found.cut && i.violation == found.violation)) {
            return;
        }
        population.add(found);
        if (population.size() > Math.max(2, effort.starts() + effort.bisections())) {
            Individual worst = population.get(0);
            for (Individual i : population) {
                worst = worst.betterThan(i) ? i : worst;
            }
            population.remove(worst);
        }
    }
}
