package org.partiflow.partitioning;

import java.util.Optional;
import org.partiflow.api.control.Budget;
import org.partiflow.api.graph.Partition;
import org.partiflow.api.graph.PartitionRequest;
import org.partiflow.api.graph.PartitionResult;
import org.partiflow.api.spi.Partitioner;

/**
 * Own branch and bound: proves the least cut, or that no partition keeps the limits. For up to some 64 vertices at k of 2
 * to 4, and for more where GPUs are interchangeable; exponential time in general, O(domains^2 + domains x blocks) memory.
 *
 * <p>One evaluation of the control is one node of the search tree; besides, {@link #DEFAULT_NODES} nodes end it. What
 * ends early returns the best partition found (which {@link #partition} cannot mark as unproven; {@link #solve} does).
 * Stateless and thread-safe. Bound, order and measurements: docs/algorithms/exact-partition.md.
 */
public final class ExactPartitioner implements Partitioner {
    /** Nodes after which the search gives up, unless the constructor says otherwise. */
    public static final long DEFAULT_NODES = 1_500_000;

    private static final long START_WORK = 400_000;

    private static final int MANY_DOMAINS = 40;

    private final long mostNodes;

    /** Makes one; found by {@link java.util.ServiceLoader} as {@code exact}. */
    public ExactPartitioner() {
        this(DEFAULT_NODES);
    }

    /**
     * Makes one with a limit.
     *
     * @param mostNodes nodes of the search tree after which to give up, at least 0
     */
    public ExactPartitioner(long mostNodes) {
        this.mostNodes = mostNodes;
    }

    /**
     * What is known at the end.
     *
     * @param result the outcome; {@code Found} holds the optimum if {@code proven}
     * @param proven whether the result is proven to be optimal or infeasible
     * @param nodes nodes of the search tree
     */
    public record Proof(PartitionResult result, boolean proven, long nodes) {}

    @Override
    public String name() {
        return "exact";
    }

    @Override
    public String description() {
        return "branch and bound: proves optimum or infeasibility on small graphs";
    }

    @Override
    public PartitionResult partition(PartitionRequest request) {
        return solve(request).result();
    }

    /** Solves the request and says whether the answer is proven. */
    public Proof solve(PartitionRequest request) {
        Budget budget = request.control().start();
        DomainGraph graph = new DomainGraph(request.graph());
        Optional<PartitionResult> early = FeasibleStart.decideEarly(graph, request);
        if (early.isPresent()) {
            return new Proof(early.get(), early.get() instanceof PartitionResult.Infeasible, 0);
        }
        BlockState state = new BlockState(graph, request);
        GreedyGrowth.fill(state);
        Optional<PartitionResult> failure = FeasibleStart.mend(state, request, budget);
        if (failure.isPresent() && failure.get() instanceof PartitionResult.Infeasible) {
            return new Proof(failure.get(), true, 0);
        }
        if (state.blocks == 1) {
            return new Proof(FeasibleStart.report(state, request), true, 0);
        }
        if (failure.isEmpty() && budget.mayGoOn()) {
            SpectralKernighanLinPartitioner.search(state, request, budget, START_WORK);
            if (graph.domains() > MANY_DOMAINS && state.blocks > 2) {
                improve(state, request);
            }
        }
        long bound = failure.isEmpty() && state.violation() == 0 ? state.cut() : Long.MAX_VALUE;
        BranchAndBound search = new BranchAndBound(
                graph, request.blocks(), request.minBlockWeight(), request.maxBlockWeight(), bound, mostNodes, budget);
        boolean complete = budget.mayGoOn() && search.run();
        Optional<int[]> better = search.best();
        better.ifPresent(state::reset);
        if (better.isPresent() || bound < Long.MAX_VALUE) {
            return new Proof(FeasibleStart.report(state, request), complete, search.nodes());
        }
        return new Proof(
                complete
                        ? FeasibleStart.infeasible(
                                "no partition keeps the limits: all cases examined", graph, request, budget)
                        : new PartitionResult.NotFound(
                                "stopped after " + search.nodes() + " nodes without a partition that keeps the limits"),
                complete,
                search.nodes());
    }

    /** Takes over what multilevel finds if it is better: a good incumbent is worth far more than it costs. */
    private static void improve(BlockState state, PartitionRequest request) {
        if (new MultilevelPartitioner().partition(request) instanceof PartitionResult.Found found) {
            int[] counts = new int[state.graph.domains() * state.blocks];
            for (int v = 0; v < found.partition().size(); v++) {
                counts[
                        state.graph.domainOf(v) * state.blocks
                                + found.partition().blockOf(v)]++;
            }
            int[] before = state.counts();
            long violation = state.violation();
            long cut = state.cut();
            state.reset(counts);
            if (!state.betterThan(violation, cut)) {
                state.reset(before);
            }
        }
    }

    /** The optimum, for tests and as an oracle; empty if it was not proven or there is none. */
    public Optional<Partition> findOptimum(PartitionRequest request) {
        Proof proof = solve(request);
        return proof.proven() && proof.result() instanceof PartitionResult.Found found
                ? Optional.of(found.partition())
                : Optional.empty();
    }
}
