package org.partiflow.partitioning;

import java.util.Optional;
import java.util.SplittableRandom;
import org.partiflow.api.control.Budget;
import org.partiflow.api.graph.PartitionRequest;
import org.partiflow.api.graph.PartitionResult;
import org.partiflow.api.spi.Partitioner;

/**
 * The floor that every study needs: vertices in random order go to the block that is lightest so far, ties at random;
 * links play no part. If no shuffle keeps the limits, the heaviest vertices go first (random among equals), and what is
 * still broken is mended by the fewest steps, which may follow links among equal steps.
 *
 * <p>O(shuffles x vertices x blocks) time, O(domains x blocks) memory beside the edges. Stateless and thread-safe.
 */
public final class RandomPartitioner implements Partitioner {
    private static final int SHUFFLES = 16;

    /** Makes one; found by {@link java.util.ServiceLoader} as {@code random}. */
    public RandomPartitioner() {}

    @Override
    public String name() {
        return "random";
    }

    @Override
    public String description() {
        return "random assignment, balanced by weight, blind to links: the floor of comparisons";
    }

    @Override
    public PartitionResult partition(PartitionRequest request) {
        Budget budget = request.control().start();
        DomainGraph graph = new DomainGraph(request.graph());
        Optional<PartitionResult> early = FeasibleStart.decideEarly(graph, request);
        if (early.isPresent()) {
            return early.get();
        }
        SplittableRandom random = LabelledRandom.of(request.seed(), "random-partition");
        BlockState state = new BlockState(graph, request);
        boolean kept = false;
        for (int shuffle = 0; shuffle < SHUFFLES && !kept && (shuffle == 0 || budget.spend()); shuffle++) {
            state.reset(draw(graph, state.blocks, shuffle == SHUFFLES - 1, random));
            kept = state.violation() == 0;
        }
        return FeasibleStart.mend(state, request, budget).orElseGet(() -> FeasibleStart.report(state, request));
    }

    private static int[] draw(DomainGraph graph, int blocks, boolean heaviestFirst, SplittableRandom random) {
        int[] order = new int[graph.vertices()];
        int at = 0;
        for (int d = 0; d < graph.domains(); d++) {
            for (int i = 0; i < graph.size(d); i++) {
                order[at++] = d;
            }
        }
        LabelledRandom.shuffle(order, random);
        if (heaviestFirst) {
            order = java.util.Arrays.stream(order)
                    .boxed()
                    .sorted((a, b) -> Long.compare(graph.vertexWeight(b), graph.vertexWeight(a)))
                    .mapToInt(Integer::intValue)
                    .toArray();
        }
        long[] weight = new long[blocks];
        int[] counts = new int[graph.domains() * blocks];
        for (int domain : order) {
            int block = lightest(weight, random);
            weight[block] += graph.vertexWeight(domain);
            counts[domain * blocks + block]++;
        }
        return counts;
    }

    private static int lightest(long[] weight, SplittableRandom random) {
        int best = 0;
        int ties = 1;
        for (int b = 1; b < weight.length; b++) {
            if (weight[b] < weight[best]) {
                best = b;
                ties = 1;
            } else if (weight[b] == weight[best] && random.nextInt(++ties) == 0) {
                best = b;
            }
        }
        return best;
    }
}
