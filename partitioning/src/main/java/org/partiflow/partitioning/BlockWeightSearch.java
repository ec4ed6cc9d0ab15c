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
 * always takes one of the heaviest vertices left; remainders that failed are remembered. Numbers near an even share are
 * tried first, and if that comes to the limit, again with large numbers first. Not thread-safe.
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
    private final boolean evenly;
    private int nodes;
    private boolean exhausted = true;

    private BlockWeightSearch(DomainGraph graph, int blocks, long least, long most, boolean evenly) {
        this.evenly = evenly;
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
        this.blocks = blocks;
        this.least = Math.max(1, least);
        this.most = most;
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
        long most = request.maxBlockWeight();
        for (int d = 0; d < graph.domains(); d++) {
            if (graph.vertexWeight(d) > most) {
                return Optional.of("a vertex of domain " + d + " weighs " + graph.vertexWeight(d)
                        + ", more than a block may: " + most + "; raise the imbalance");
            }
        }
        return Optional.empty();
    }

    /** Outcome of the search: a witness, or none with or without proof. */
    record Outcome(Optional<Witness> witness, boolean proven) {}

    /** Distinct vertex weights, descending, and how many of each every block takes. */
    static final class Witness {
        private final long[] weights;
        private final int[][] taken;

        private Witness(long[] weights, int[][] taken) {
            this.weights = weights;
            this.taken = taken;
        }

        /** Distinct vertex weights, descending. */
        long[] weights() {
            return weights;
        }

        /** How many vertices of each weight every block takes. */
        int[][] taken() {
            return taken;
        }

        /** Weight of the heaviest block. */
        long heaviest() {
            return loads().max().orElseThrow();
        }

        /** Weight of the lightest block. */
        long lightest() {
            return loads().min().orElseThrow();
        }

        private LongStream loads() {
            return Arrays.stream(taken).mapToLong(block -> {
                long weight = 0;
                for (int t = 0; t < block.length; t++) {
                    weight += block[t] * weights[t];
                }
                return weight;
            });
        }
    }

    /**
     * Block weights by giving the heaviest vertex left to the lightest block, which keeps the heaviest block within a
     * third of the least possible [Graham, 1969, doi:10.1137/0117039]; no limit is looked at. O(vertices x blocks).
     */
    static Witness longestFirst(DomainGraph graph, int blocks) {
        BlockWeightSearch search = new BlockWeightSearch(graph, blocks, 1, Long.MAX_VALUE, true);
        long[] load = new long[blocks];
        for (int t = 0; t < search.weights.length; t++) {
            for (int i = 0; i < search.left[t]; i++) {
                int lightest = 0;
                for (int b = 1; b < blocks; b++) {
                    lightest = load[b] < load[lightest] ? b : lightest;
                }
                load[lightest] += search.weights[t];
                search.taken[lightest][t]++;
            }
        }
        return new Witness(search.weights, search.taken);
    }

    /** Searches for block weights within the limits of a request. */
    static Outcome search(DomainGraph graph, PartitionRequest request) {
        return search(graph, request.blocks(), request.minBlockWeight(), request.maxBlockWeight());
    }

    /** Searches for block weights between {@code least} and {@code most}. */
    static Outcome search(DomainGraph graph, int blocks, long least, long most) {
        if (blocks > MAX_BLOCKS || blocks == 1) {
            return new Outcome(Optional.empty(), false);
        }
        for (boolean evenly : new boolean[] {true, false}) {
            BlockWeightSearch search = new BlockWeightSearch(graph, blocks, least, most, evenly);
            if (search.fillBlock(0)) {
                return new Outcome(Optional.of(new Witness(search.weights, search.taken)), false);
            }
            if (search.exhausted) {
                return new Outcome(Optional.empty(), true);
            }
        }
        return new Outcome(Optional.empty(), false);
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
        int even = (available + blocks - block - 1) / (blocks - block);
        int below = evenly ? Math.max(few - 1, Math.min(many, even)) : many;
        int above = below + 1;
        while (below >= few || above <= many) {
            if (below >= few && tryNumber(block, first, type, weight, available, below--)) {
                return true;
            }
            if (above <= many && tryNumber(block, first, type, weight, available, above++)) {
                return true;
            }
        }
        left[type] = available;
        taken[block][type] = 0;
        return false;
    }

    private boolean tryNumber(int block, int first, int type, long weight, int available, int number) {
        left[type] = available - number;
        taken[block][type] = number;
        return choose(block, first, type + 1, weight + number * weights[type]);
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
