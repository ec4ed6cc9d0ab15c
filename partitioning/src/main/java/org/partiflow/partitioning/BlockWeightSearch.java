package org.partiflow.partitioning;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.partiflow.api.graph.PartitionRequest;

/**
 * Decides whether the limits on block weights can be kept at all, links aside: exhaustive depth-first search over how
 * many vertices of each weight go into each block, up to a limit of nodes. Blocks are interchangeable, so the next block
 * always takes one of the heaviest vertices left; remainders that failed are remembered. Not thread-safe.
 */
final class BlockWeightSearch {
    private static final int MAX_NODES = 400_000;
    private static final int MAX_BLOCKS = 1024;

    private final long[] weights;
    private final int[] left;
    private final int[] initial;
    private final int[][] taken;
    private final long least;
    private final long most;
    private final int blocks;
    private final Set<Long> failed = new HashSet<>();
    private final boolean encodable;
    private int nodes;
    private boolean exhausted = true;

    private BlockWeightSearch(DomainGraph graph, PartitionRequest request) {
        weights = LongStream.range(0, graph.domains())
                .map(d -> -graph.vertexWeight((int) d))
                .sorted()
                .distinct()
                .map(w -> -w)
                .toArray();
        left = new int[weights.length];
        for (int d = 0; d < graph.domains(); d++) {
            for (int t = 0; t < weights.length; t++) {
                left[t] += weights[t] == graph.vertexWeight(d) ? graph.size(d) : 0;
            }
        }
        initial = left.clone();
        blocks = request.blocks();
        least = Math.max(1, request.minBlockWeight());
        most = request.maxBlockWeight();
        taken = new int[blocks][weights.length];
        double states = blocks;
        for (int count : left) {
            states *= count + 1.0;
        }
        encodable = states < Long.MAX_VALUE / 2.0;
    }

    /** Why no partition keeps the limits, if that can be proved. */
    static Optional<String> proveInfeasible(DomainGraph graph, PartitionRequest request) {
        long total = request.graph().totalWeight();
        long needed = Math.max(1, request.minBlockWeight());
        if (needed > total / request.blocks()) {
            return Optional.of(request.blocks() + " blocks of at least " + needed + " need more than the total weight "
                    + total + "; ask for fewer blocks");
        }
        for (int d = 0; d < graph.domains(); d++) {
            if (graph.vertexWeight(d) > request.maxBlockWeight()) {
                return Optional.of("a vertex of domain " + d + " weighs " + graph.vertexWeight(d)
                        + ", more than a block may: " + request.maxBlockWeight() + "; raise the imbalance");
            }
        }
        return Optional.empty();
    }

    /** Outcome of the search: a witness, or none with or without proof. */
    record Outcome(Optional<Witness> witness, boolean proven) {}

    /** Distinct vertex weights, descending, and how many of each every block takes. */
    record Witness(long[] weights, int[][] taken) {}

    /** Searches for block weights within the limits. */
    static Outcome search(DomainGraph graph, PartitionRequest request) {
        if (request.blocks() > MAX_BLOCKS || request.blocks() == 1) {
            return new Outcome(Optional.empty(), false);
        }
        BlockWeightSearch search = new BlockWeightSearch(graph, request);
        if (search.fillBlock(0)) {
            return new Outcome(Optional.of(new Witness(search.weights, search.taken)), false);
        }
        return new Outcome(Optional.empty(), search.exhausted);
    }

    private boolean fillBlock(int block) {
        if (block == blocks) {
            return Arrays.stream(left).allMatch(count -> count == 0);
        }
        long key = key(block);
        if (encodable && failed.contains(key)) {
            return false;
        }
        int first = 0;
        while (first < left.length && left[first] == 0) {
            first++;
        }
        boolean found = first < left.length && choose(block, first, first, 0);
        if (!found && encodable && exhausted) {
            failed.add(key);
        }
        return found;
    }

    /** Chooses how many of weight {@code type} the block takes, given what it took of heavier ones. */
    private boolean choose(int block, int first, int type, long weight) {
        if (++nodes > MAX_NODES) {
            exhausted = false;
            return false;
        }
        if (type == weights.length) {
            return weight >= least && restFits(block) && fillBlock(block + 1);
        }
        int available = left[type];
        int few = type == first ? 1 : 0;
        int many = (int) Math.min(available, (most - weight) / weights[type]);
        for (int number = many; number >= few; number--) {
            left[type] = available - number;
            taken[block][type] = number;
            if (choose(block, first, type + 1, weight + number * weights[type])) {
                return true;
            }
        }
        left[type] = available;
        taken[block][type] = 0;
        return false;
    }

    private boolean restFits(int block) {
        double rest = 0;
        for (int t = 0; t < left.length; t++) {
            rest += (double) left[t] * weights[t];
        }
        double others = blocks - 1.0 - block;
        return rest >= others * least && rest <= others * most;
    }

    private long key(int block) {
        long key = block;
        for (int t = 0; encodable && t < left.length; t++) {
            key = key * (initial[t] + 1L) + left[t];
        }
        return key;
    }
}
