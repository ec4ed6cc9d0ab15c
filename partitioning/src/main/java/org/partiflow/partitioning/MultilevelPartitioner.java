package org.partiflow.partitioning;

import java.util.Arrays;
import java.util.Optional;
import org.partiflow.api.control.Budget;
import org.partiflow.api.graph.DeviceGraph;
import org.partiflow.api.graph.PartitionRequest;
import org.partiflow.api.graph.PartitionResult;
import org.partiflow.api.spi.Partitioner;

/**
 * Multilevel partitioning with node groups: coarsening that contracts nodes first, recursive bisection of the coarsest
 * graph, k-way local search on the way up, recombination of several runs, and annealing with moves of whole node groups
 * on graphs of some thousand vertices.
 *
 * <p>The result is reproducible for a request without a time limit: effort is counted, never timed. One evaluation of
 * the control is about 1,000 looked-at table entries. O(edges + vertices x blocks) memory. Graphs with more than
 * {@value #MAX_ENTRIES} ends of edges are partitioned by domain. Stateless and thread-safe. Details, sources and
 * measurements: docs/algorithms/multilevel.md.
 */
public class MultilevelPartitioner implements Partitioner {
    static final long MAX_ENTRIES = 24_000_000;
    private static final long MAX_HIERARCHICAL = 2_500_000;
    private static final int LEAST_DOMAINS_BY_BLOCK = 4;
    /** With {@link MultilevelPreset#FAST}, graphs of this size get no greedy start, which takes longer than the search. */
    private static final int LEAST_DIRECT = 2000;

    private static final long GROUP_WORK = 16_000_000;
    private static final long MEASURED_WORK = 24_000_000;
    private static final long GROUP_WORK_FAST = 200_000;
    private static final int MOST_GROUPS_FAST = 40;
    private static final int MOST_GROUPS = 400;
    private static final double GROUP_SHARE = 0.7;
    private static final long COUNT_WORK = 60_000_000;
    private static final long COUNT_WORK_ALONE = 200_000_000;
    private static final int LEAST_CLUSTER_DEGREE = 64;

    private final MultilevelPreset preset;

    /** Makes one with {@link MultilevelPreset#DEFAULT}; found by {@link java.util.ServiceLoader} as {@code multilevel}. */
    public MultilevelPartitioner() {
        this(MultilevelPreset.DEFAULT);
    }

    /** Makes one with a preset. */
    public MultilevelPartitioner(MultilevelPreset preset) {
        this.preset = preset;
    }

    @Override
    public String name() {
        return switch (preset) {
            case FAST -> "multilevel-fast";
            case DEFAULT -> "multilevel";
            case QUALITY -> "multilevel-quality";
        };
    }

    @Override
    public String description() {
        return switch (preset) {
            case FAST -> "multilevel, two starts: milliseconds";
            case DEFAULT -> "multilevel with node groups, recombination and annealing: best quality in seconds";
            case QUALITY -> "multilevel with several times the effort";
        };
    }

    @Override
    public PartitionResult partition(PartitionRequest request) {
        Budget budget = request.control().start();
        DomainGraph graph = new DomainGraph(request.graph());
        Optional<PartitionResult> early = FeasibleStart.decideEarly(graph, request);
        if (early.isPresent()) {
            return early.get();
        }
        BlockState state = new BlockState(graph, request);
        if (preset == MultilevelPreset.FAST && graph.domains() == graph.vertices() && state.blocks > 1) {
            Level finest = Level.ofVertices(request.graph(), graph);
            if (finest.size >= LEAST_DIRECT && budget.mayGoOn()) {
                state.reset(counts(state, search(finest, request, budget).run(), true));
                if (LimitRepair.repair(state, budget)) {
                    return FeasibleStart.report(state, request);
                }
                state.reset(new int[graph.domains() * state.blocks]);
            }
        }
        GreedyGrowth.fill(state);
        Optional<PartitionResult> failure = FeasibleStart.mend(state, request, budget);
        if (failure.isPresent() && failure.get() instanceof PartitionResult.Infeasible) {
            return failure.get();
        }
        if (state.blocks > 1 && budget.mayGoOn()) {
            search(state, request, budget);
        }
        return FeasibleStart.mend(state, request, budget).orElseGet(() -> FeasibleStart.report(state, request));
    }

    private void search(BlockState state, PartitionRequest request, Budget budget) {
        DomainGraph graph = state.graph;
        if (onCounts(state)) {
            searchCounts(state, request, budget);
            return;
        }
        Level finest = Level.ofVertices(request.graph(), graph);
        int[] start = grouped(finest, state, request, budget);
        adopt(state, counts(state, search(finest, request, budget).run(start), true), budget, false);
    }

    /** Whether the graph of vertices is too much: sooner where it is a dense one of interchangeable vertices. */
    private static boolean onCounts(BlockState state) {
        DomainGraph graph = state.graph;
        if (graph.domains() == graph.vertices()) {
            return false;
        }
        long entries = Level.entries(graph);
        boolean cluster = graph.domains() <= GROUP_SHARE * graph.vertices()
                && entries > (long) LEAST_CLUSTER_DEGREE * graph.vertices();
        return cluster
                ? entries > MAX_HIERARCHICAL || CountDescent.pays(state)
                : entries > MAX_ENTRIES || (long) graph.vertices() * state.blocks > FeasibleStart.MAX_TABLE;
    }

    /** Searches on counts by domain and, where there are far fewer blocks than domains, on the graph of whole domains. */
    private void searchCounts(BlockState state, PartitionRequest request, Budget budget) {
        boolean fast = preset == MultilevelPreset.FAST;
        boolean wholeDomains = state.graph.domains() >= LEAST_DOMAINS_BY_BLOCK * state.blocks;
        if (fast && CountDescent.pays(state)) {
            new CountDescent(state).refine(budget, COUNT_WORK);
        } else {
            long work = wholeDomains ? COUNT_WORK : COUNT_WORK_ALONE;
            SpectralKernighanLinPartitioner.search(state, request, budget, fast ? GROUP_WORK_FAST : work);
        }
        if (!wholeDomains || !budget.mayGoOn()) {
            return;
        }
        int[] found = search(Level.ofDomains(state.graph), request, budget).run(majority(state));
        adopt(state, counts(state, found, false), budget, true);
    }

    private MultilevelSearch search(Level finest, PartitionRequest request, Budget budget) {
        long[] most = new long[request.blocks()];
        Arrays.fill(most, request.maxBlockWeight());
        return new MultilevelSearch(
                finest,
                most,
                Math.max(1, request.minBlockWeight()),
                Effort.of(preset, finest, request.blocks()),
                LabelledRandom.of(request.seed(), "multilevel"),
                budget);
    }

    /** Takes over other counts, mended and refined where asked for, if they are better. */
    private static void adopt(BlockState state, int[] counts, Budget budget, boolean refine) {
        int[] before = state.counts();
        long violation = state.violation();
        long cut = state.cut();
        state.reset(counts);
        if (refine) {
            LimitRepair.repair(state, budget);
            if (CountDescent.pays(state)) {
                new CountDescent(state).refine(budget, COUNT_WORK);
            }
            new KernighanLinRefiner(state).refine(budget, COUNT_WORK);
        }
        if (!state.betterThan(violation, cut)) {
            state.reset(before);
        }
    }

    /** A start from the graph in which the GPUs of a node are interchangeable, or the state itself if it has no nodes. */
    private int[] grouped(Level finest, BlockState state, PartitionRequest request, Budget budget) {
        DomainGraph graph = state.graph;
        boolean fast = preset == MultilevelPreset.FAST;
        int mostGroups = fast ? MOST_GROUPS_FAST : MOST_GROUPS;
        if (finest.members.length > Math.min(mostGroups, GROUP_SHARE * finest.size)) {
            return state.toPartition().toArray();
        }
        DomainGraph view = graph.domains() < graph.vertices() ? graph : new DomainGraph(new GroupedView(finest));
        BlockState counts = new BlockState(view, request);
        GreedyGrowth.fill(counts);
        SpectralKernighanLinPartitioner.search(counts, request, budget, fast ? GROUP_WORK_FAST : GROUP_WORK);
        int[] start = counts.toPartition().toArray();
        if (fast || graph.domains() < graph.vertices()) {
            return start;
        }
        SpectralKernighanLinPartitioner.searchFrom(counts(state, start, true), state, request, budget, MEASURED_WORK);
        return state.toPartition().toArray();
    }

    private static int[] majority(BlockState state) {
        int[] blocks = new int[state.graph.domains()];
        for (int d = 0; d < blocks.length; d++) {
            for (int b = 1; b < state.blocks; b++) {
                blocks[d] = state.count(d, b) > state.count(d, blocks[d]) ? b : blocks[d];
            }
        }
        return blocks;
    }

    private static int[] counts(BlockState state, int[] found, boolean byVertex) {
        int[] counts = new int[state.graph.domains() * state.blocks];
        for (int i = 0; i < found.length; i++) {
            int domain = byVertex ? state.graph.domainOf(i) : i;
            counts[domain * state.blocks + found[i]] += byVertex ? 1 : state.graph.size(i);
        }
        return counts;
    }

    /** The graph that is refined at last; for tests. */
    static Level finest(DeviceGraph graph) {
        return Level.ofVertices(graph, new DomainGraph(graph));
    }
}
