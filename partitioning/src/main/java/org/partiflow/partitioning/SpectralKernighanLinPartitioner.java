package org.partiflow.partitioning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.partiflow.api.control.Budget;
import org.partiflow.api.graph.PartitionRequest;
import org.partiflow.api.graph.PartitionResult;
import org.partiflow.api.spi.Partitioner;

/**
 * Spectral partitioning with Kernighan-Lin refinement, the first phase of HexGen-2 (arXiv 2502.07903): the domains are
 * embedded by the smallest eigenvectors of the normalised, log-scaled bandwidth Laplacian, bisected recursively,
 * refined, and searched further by perturbation. Greedy growth is one start among the spectral ones.
 *
 * <p>The result is reproducible for a request without a time limit. One evaluation of the control is one tentative
 * step. Memory is O(stored edges + domains x blocks), never quadratic in the vertices; edges beyond 2^24 are not stored,
 * which is slow. Stateless and thread-safe. Details, deviations and measurements: docs/algorithms/spectral-kl.md.
 */
public final class SpectralKernighanLinPartitioner implements Partitioner {
    private static final int MOST_DIMENSIONS = 12;
    private static final long WORK = 200_000_000;
    private static final long GROUP_WORK = 20_000_000;
    private static final long REFINEMENT = 60_000_000;
    private static final int MOST_GROUPS = 400;
    private static final double GROUP_SHARE = 0.7;
    private static final int LEAST_DOMAINS_BY_BLOCK = 4;

    /** Makes one; found by {@link java.util.ServiceLoader} as {@code spectral-kl}. */
    public SpectralKernighanLinPartitioner() {}

    @Override
    public String name() {
        return "spectral-kl";
    }

    @Override
    public String description() {
        return "spectral bisection of the bandwidth graph, Kernighan-Lin refinement with node-group moves";
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
        GreedyGrowth.fill(state);
        if (state.blocks > 1 && budget.mayGoOn()) {
            Optional<int[]> nodes = fromNodes(graph, request, budget);
            Optional<PartitionResult> failure = nodes.isPresent()
                    ? searchFrom(nodes.get(), state, request, budget, REFINEMENT)
                    : searchClusters(state, request, budget, WORK);
            if (failure.isPresent()) {
                return failure.get();
            }
        }
        return FeasibleStart.mend(state, request, budget).orElseGet(() -> FeasibleStart.report(state, request));
    }

    /**
     * In a measured graph, where every link differs a little and no two vertices are interchangeable: the answer for the
     * graph in which the links between two node groups are averaged, as counts by vertex. Empty if there are domains
     * already, or no groups.
     */
    private static Optional<int[]> fromNodes(DomainGraph graph, PartitionRequest request, Budget budget) {
        if (graph.domains() < graph.vertices() || Level.entries(graph) > MultilevelPartitioner.MAX_ENTRIES) {
            return Optional.empty();
        }
        Level level = Level.ofVertices(request.graph(), graph);
        if (level.members.length > Math.min(MOST_GROUPS, GROUP_SHARE * level.size)) {
            return Optional.empty();
        }
        BlockState counts = new BlockState(new DomainGraph(new GroupedView(level)), request);
        GreedyGrowth.fill(counts);
        searchClusters(counts, request, budget, GROUP_WORK);
        int[] byVertex = new int[level.size * counts.blocks];
        int[] block = counts.toPartition().toArray();
        for (int v = 0; v < block.length; v++) {
            byVertex[v * counts.blocks + block[v]] = 1;
        }
        return Optional.of(byVertex);
    }

    /** Refines a start, given as counts, and searches on from it; {@code work} is spent on either. */
    static Optional<PartitionResult> searchFrom(
            int[] start, BlockState state, PartitionRequest request, Budget budget, long work) {
        KernighanLinRefiner refiner = new KernighanLinRefiner(state);
        refineBestStart(state, List.of(start), refiner, budget, work);
        Optional<PartitionResult> failure = FeasibleStart.mend(state, request, budget);
        if (failure.isEmpty()) {
            perturb(state, refiner, request, budget, work);
        }
        return failure;
    }

    /**
     * Improves a complete state by all of this class's means.
     *
     * @param work effort for the starts, and again for the search from the best
     * @return why the limits cannot be kept, or were not; empty if they are kept now
     */
    static Optional<PartitionResult> search(BlockState state, PartitionRequest request, Budget budget, long work) {
        return search(state, starts(state), request, budget, work);
    }

    /** As {@link #search}, with one more start, in which clusters of domains, such as zones, are found and kept together. */
    private static Optional<PartitionResult> searchClusters(
            BlockState state, PartitionRequest request, Budget budget, long work) {
        List<int[]> starts = starts(state);
        if (state.graph.domains() >= LEAST_DOMAINS_BY_BLOCK * state.blocks) {
            starts.add(clustered(state, request, budget));
        }
        return search(state, starts, request, budget, work);
    }

    private static int[] clustered(BlockState state, PartitionRequest request, Budget budget) {
        long[] most = new long[state.blocks];
        Arrays.fill(most, request.maxBlockWeight());
        int[] block = new MultilevelSearch(
                        Level.ofDomains(state.graph),
                        most,
                        Math.max(1, request.minBlockWeight()),
                        Effort.CLUSTERS,
                        LabelledRandom.of(request.seed(), "clusters"),
                        budget)
                .run();
        int[] counts = new int[block.length * state.blocks];
        for (int d = 0; d < block.length; d++) {
            counts[d * state.blocks + block[d]] = state.graph.size(d);
        }
        return counts;
    }

    private static Optional<PartitionResult> search(
            BlockState state, List<int[]> starts, PartitionRequest request, Budget budget, long work) {
        KernighanLinRefiner refiner = new KernighanLinRefiner(state);
        refineBestStart(state, starts, refiner, budget, work);
        Optional<PartitionResult> failure = FeasibleStart.mend(state, request, budget);
        if (failure.isEmpty()) {
            perturb(state, refiner, request, budget, work);
        }
        return failure;
    }

    private static void perturb(
            BlockState state, KernighanLinRefiner refiner, PartitionRequest request, Budget budget, long work) {
        SplittableRandom random = LabelledRandom.of(request.seed(), "perturbation");
        if (CountDescent.pays(state)) {
            new CountDescent(state).search(budget, work, random);
        } else {
            new PerturbedSearch(state, refiner, random).run(budget, work);
        }
    }

    private static List<int[]> starts(BlockState state) {
        List<int[]> starts = new ArrayList<>();
        starts.add(state.counts());
        int most = Math.min(MOST_DIMENSIONS, Math.max(1, state.blocks));
        double[][] coordinates = SpectralEmbedding.of(state.graph, most);
        for (int dimensions = 1; dimensions <= most; dimensions = dimensions < most ? most : most + 1) {
            for (boolean keepDomains : new boolean[] {true, false}) {
                starts.add(new SpectralBisection(state.graph, coordinates, dimensions, keepDomains, state.blocks)
                        .counts());
            }
        }
        return starts;
    }

    private static void refineBestStart(
            BlockState state, List<int[]> starts, KernighanLinRefiner refiner, Budget budget, long work) {
        int[] best = state.counts();
        long violation = state.violation();
        long cut = state.cut();
        for (int[] start : starts) {
            state.reset(start);
            LimitRepair.repair(state, budget);
            if (CountDescent.pays(state)) {
                new CountDescent(state).refine(budget, work / starts.size());
            }
            refiner.refine(budget, work / starts.size());
            if (state.betterThan(violation, cut)) {
                best = state.counts();
                violation = state.violation();
                cut = state.cut();
            }
        }
        state.reset(best);
    }
}
