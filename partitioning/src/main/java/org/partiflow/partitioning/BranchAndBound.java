package org.partiflow.partitioning;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.control.Budget;

/**
 * Depth-first search over vertices in the order of strongest attachment, the interchangeable ones in a row and in
 * ascending blocks; a block is opened only after those before it; what a swap is sure to improve is cut off ({@link
 * SwapDominance}). Not thread-safe.
 *
 * <p>Bound: what is cut so far, and for every unplaced vertex v the least that it adds: its edges to placed vertices and
 * half of those to unplaced ones, less the most it can keep, the maximum over the blocks with room for v of its edges to
 * the block and half of the fractional knapsack of its unplaced neighbours into the room that v leaves there. Each edge
 * between unplaced vertices is counted half at either end, so the sum never exceeds what must be cut.
 *
 * <p>A node costs O(domains x blocks x neighbours looked at), and stops as soon as the bound reaches the incumbent.
 */
final class BranchAndBound {
    /** Relative rounding of the sums of the bound. */
    private static final double ROUNDING = 1e-12;
    /** Cuts are whole, so a bound above the incumbent less one unit (and rounding) leaves nothing to find. */
    private static final double ONE_UNIT = 0.999;

    private final DomainGraph graph;
    private final int domains;
    private final int blocks;
    private final long least;
    private final long most;
    private final long mostNodes;
    private final Budget budget;
    private final int[] order;
    private final int[][] byDensity;
    private final long[][] weightTo;
    private final int[] unplaced;
    private final long[] connection;
    private final long[] load;
    private final int[] count;
    private final long[] attached;
    private final int[] blockOf;
    private final @Nullable SwapDominance dominance;
    private long unplacedWeight;
    private long cut;
    private long incumbent;
    private int[] best = new int[0];
    private long nodes;
    private boolean stopped;

    /**
     * Prepares a search for cuts below {@code incumbent}.
     *
     * @param least least that a block may weigh; counts as at least 1
     * @param most most that a block may weigh
     * @param mostNodes nodes after which to stop
     */
    BranchAndBound(
            DomainGraph graph, int blocks, long least, long most, long incumbent, long mostNodes, Budget budget) {
        this.graph = graph;
        this.incumbent = incumbent;
        this.mostNodes = mostNodes;
        this.budget = budget;
        domains = graph.domains();
        this.blocks = blocks;
        this.least = Math.max(1, least);
        this.most = most;
        unplaced = new int[domains];
        weightTo = new long[domains][];
        byDensity = new int[domains][];
        for (int d = 0; d < domains; d++) {
            unplaced[d] = graph.size(d);
            unplacedWeight += graph.size(d) * graph.vertexWeight(d);
            readNeighbours(d);
        }
        connection = new long[domains * blocks];
        count = new int[domains * blocks];
        attached = new long[domains];
        load = new long[blocks];
        order = order();
        blockOf = new int[domains];
        Arrays.fill(blockOf, -1);
        dominance = SwapDominance.applies(graph) ? new SwapDominance(graph, order) : null;
    }

    private void readNeighbours(int d) {
        int[] ids = new int[domains];
        long[] weights = new long[domains];
        int[] used = new int[1];
        if (graph.size(d) > 1 && graph.innerWeight(d) > 0) {
            ids[used[0]] = d;
            weights[used[0]++] = graph.innerWeight(d);
        }
        graph.forEachEdge(d, (e, w) -> {
            ids[used[0]] = e;
            weights[used[0]++] = w;
        });
        int[] sorted = IntStream.range(0, used[0])
                .boxed()
                .sorted((a, b) -> Double.compare(
                        (double) weights[b] / graph.vertexWeight(ids[b]),
                        (double) weights[a] / graph.vertexWeight(ids[a])))
                .mapToInt(i -> i)
                .toArray();
        byDensity[d] = Arrays.stream(sorted).map(i -> ids[i]).toArray();
        weightTo[d] = Arrays.stream(sorted).mapToLong(i -> weights[i]).toArray();
    }

    /** Domains by attachment to those before them; starts at the one with the largest degree. */
    private int[] order() {
        double[] key = new double[domains];
        boolean[] done = new boolean[domains];
        int[] result = new int[domains];
        for (int i = 0; i < domains; i++) {
            int next = -1;
            for (int d = 0; d < domains; d++) {
                if (!done[d]
                        && (next < 0
                                || key[d] > key[next]
                                || (key[d] == key[next] && graph.degree(d) > graph.degree(next)))) {
                    next = d;
                }
            }
            done[next] = true;
            result[i] = next;
            double size = graph.size(next);
            graph.forEachEdge(next, (e, w) -> key[e] += w * size);
        }
        return result;
    }

    /** Searches everything; false if a limit stopped it. */
    boolean run() {
        descend(0, 0, 0);
        return !stopped;
    }

    /** Counts by domain and block of the best partition below the given incumbent. */
    Optional<int[]> best() {
        return best.length == 0 ? Optional.empty() : Optional.of(best);
    }

    long nodes() {
        return nodes;
    }

    /**
     * Places one more vertex.
     *
     * @param at place in the order of domains
     * @param firstBlock least block for the next vertex of this domain
     * @param opened blocks in use
     */
    private void descend(int at, int firstBlock, int opened) {
        if (at == domains) {
            record(opened);
            return;
        }
        int d = order[at];
        if (unplaced[d] == 0) {
            descend(at + 1, 0, opened);
            return;
        }
        if (++nodes > mostNodes || !budget.spend()) {
            stopped = true;
            return;
        }
        if (!canStillFill(opened) || bound() > incumbent - ONE_UNIT) {
            return;
        }
        int last = Math.min(blocks - 1, opened);
        int[] tried = new int[last + 1 - Math.min(firstBlock, last + 1)];
        int options = 0;
        for (int b = firstBlock; b <= last; b++) {
            if (load[b] + graph.vertexWeight(d) <= most) {
                int i = options++;
                while (i > 0 && connection[d * blocks + tried[i - 1]] < connection[d * blocks + b]) {
                    tried[i] = tried[i - 1];
                    i--;
                }
                tried[i] = b;
            }
        }
        for (int i = 0; i < options && !stopped; i++) {
            int b = tried[i];
            long added = place(d, b);
            if (!isDominated(at, d, b)) {
                descend(at, b, Math.max(opened, b + 1));
            }
            remove(d, b, added);
        }
    }

    private boolean isDominated(int at, int d, int b) {
        blockOf[d] = graph.size(d) == 1 ? b : -1;
        return blockOf[d] >= 0 && dominance != null && dominance.holds(at, blockOf, connection, blocks);
    }

    private void record(int opened) {
        for (int b = 0; b < blocks; b++) {
            if (load[b] < least) {
                return;
            }
        }
        if (opened == blocks && cut < incumbent) {
            incumbent = cut;
            best = count.clone();
        }
    }

    private boolean canStillFill(int opened) {
        long missing = 0;
        long room = 0;
        for (int b = 0; b < blocks; b++) {
            missing += Math.max(0, least - load[b]);
            room += most - load[b];
        }
        return missing <= unplacedWeight && room >= unplacedWeight && opened <= blocks;
    }

    private long place(int d, int b) {
        long added = attached[d] - connection[d * blocks + b];
        cut += added;
        shift(d, b, 1);
        return added;
    }

    private void remove(int d, int b, long added) {
        shift(d, b, -1);
        blockOf[d] = -1;
        cut -= added;
    }

    private void shift(int d, int b, int sign) {
        long weight = sign * graph.vertexWeight(d);
        unplaced[d] -= sign;
        count[d * blocks + b] += sign;
        load[b] += weight;
        unplacedWeight -= weight;
        int[] ids = byDensity[d];
        long[] weights = weightTo[d];
        for (int i = 0; i < ids.length; i++) {
            long w = sign * weights[i];
            connection[ids[i] * blocks + b] += w;
            attached[ids[i]] += w;
        }
    }

    private double bound() {
        double bound = cut;
        for (int d = 0; d < domains && bound < incumbent; d++) {
            if (unplaced[d] > 0) {
                bound += unplaced[d] * leastAdded(d);
            }
        }
        return bound * (1 - ROUNDING);
    }

    /** Least that one unplaced vertex of the domain adds to the cut. */
    private double leastAdded(int d) {
        long weight = graph.vertexWeight(d);
        double free = 0;
        int[] ids = byDensity[d];
        long[] weights = weightTo[d];
        for (int i = 0; i < ids.length; i++) {
            free += (double) weights[i] * (unplaced[ids[i]] - (ids[i] == d ? 1 : 0));
        }
        double kept = -1;
        double emptyKept = -1;
        for (int b = 0; b < blocks; b++) {
            long room = most - load[b] - weight;
            if (room < 0 || (load[b] == 0 && emptyKept >= 0)) {
                continue;
            }
            long own = connection[d * blocks + b];
            if (own + free / 2 <= kept) {
                continue;
            }
            double value = own + knapsack(d, room) / 2;
            emptyKept = load[b] == 0 ? value : emptyKept;
            kept = Math.max(kept, value);
        }
        return kept < 0 ? Double.POSITIVE_INFINITY : attached[d] + free / 2 - kept;
    }

    private double knapsack(int d, long capacity) {
        double value = 0;
        long room = capacity;
        int[] ids = byDensity[d];
        long[] weights = weightTo[d];
        for (int i = 0; i < ids.length && room > 0; i++) {
            int e = ids[i];
            long number = unplaced[e] - (e == d ? 1 : 0);
            if (number == 0) {
                continue;
            }
            long unit = graph.vertexWeight(e);
            if (number * unit <= room) {
                value += (double) number * weights[i];
                room -= number * unit;
            } else {
                return value + (double) weights[i] * room / unit;
            }
        }
        return value;
    }
}
