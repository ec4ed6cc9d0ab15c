package org.partiflow.testkit;

import java.util.Optional;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.partiflow.api.check.PhasePartitionChecker;
import org.partiflow.api.graph.Partition;
import org.partiflow.api.graph.PhaseGraph;
import org.partiflow.api.graph.PhaseMetrics;
import org.partiflow.api.graph.PhasePartitionRequest;

/** Graphs of serving groups to test with, and the exhaustive optimum of small ones. Stateless and thread-safe. */
public final class PhaseGraphs {
    private static final int MAX_EXHAUSTIVE = 14;
    private static final int SUPPLIES = 1000;
    private static final double MOST_BANDWIDTH = 1e6;

    private PhaseGraphs() {}

    /** Random supplies in 0 to 999; bandwidths log-uniform in 1 to 1,000,000, some absent. */
    public static PhaseGraph random(int groups, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long[] prefill = random.longs(groups, 0, SUPPLIES).toArray();
        long[] decode = random.longs(groups, 0, SUPPLIES).toArray();
        long[][] bandwidth = new long[groups][groups];
        double density = 0.3 + 0.7 * random.nextDouble();
        for (int a = 0; a < groups; a++) {
            for (int b = 0; b < a; b++) {
                boolean present = random.nextDouble() < density;
                bandwidth[a][b] = present ? (long) Math.pow(MOST_BANDWIDTH, random.nextDouble()) : 0;
                bandwidth[b][a] = bandwidth[a][b];
            }
        }
        return new PhaseGraph(bandwidth, prefill, decode);
    }

    /** Random graphs as {@link #random} makes them, of {@code least} to {@code most} groups. */
    public static Arbitrary<PhaseGraph> any(int least, int most) {
        return Combinators.combine(Arbitraries.integers().between(least, most), Arbitraries.longs())
                .as(PhaseGraphs::random);
    }

    /** The same graph with group {@code g} renamed to {@code newName[g]}, supplies and bandwidths multiplied. */
    public static PhaseGraph changed(PhaseGraph graph, int[] newName, long supplyFactor, long bandwidthFactor) {
        int n = graph.size();
        long[] prefill = new long[n];
        long[] decode = new long[n];
        long[][] bandwidth = new long[n][n];
        for (int a = 0; a < n; a++) {
            prefill[newName[a]] = supplyFactor * graph.prefillSupply(a);
            decode[newName[a]] = supplyFactor * graph.decodeSupply(a);
            for (int b = 0; b < n; b++) {
                bandwidth[newName[a]][newName[b]] = bandwidthFactor * graph.bandwidth(a, b);
            }
        }
        return new PhaseGraph(bandwidth, prefill, decode);
    }

    /**
     * Metrics with the most bandwidth among all assignments that the public checker accepts, by trying each; empty if
     * there is none.
     */
    public static Optional<PhaseMetrics> optimum(PhasePartitionRequest request) {
        PhaseMetrics best = null;
        for (int mask = 0; mask < 1 << exhaustible(request.graph()); mask++) {
            Partition partition = partition(request.graph().size(), mask);
            PhaseMetrics metrics = PhaseMetrics.of(request.graph(), partition);
            boolean better = best == null || metrics.bandwidth() > best.bandwidth();
            if (better && PhasePartitionChecker.violations(request, partition).isEmpty()) {
                best = metrics;
            }
        }
        return Optional.ofNullable(best);
    }

    /** The greatest supply of the slower side of all assignments with a group on each side. */
    public static long greatestSupply(PhaseGraph graph) {
        long greatest = 0;
        for (int mask = 1; mask < (1 << exhaustible(graph)) - 1; mask++) {
            greatest = Math.max(
                    greatest,
                    PhaseMetrics.of(graph, partition(graph.size(), mask)).supply());
        }
        return greatest;
    }

    private static Partition partition(int groups, int mask) {
        int[] block = new int[groups];
        for (int g = 0; g < groups; g++) {
            block[g] = mask >> g & 1;
        }
        return new Partition(block, 2);
    }

    private static int exhaustible(PhaseGraph graph) {
        if (graph.size() > MAX_EXHAUSTIVE) {
            throw new IllegalArgumentException(
                    "exhaustive search is for at most " + MAX_EXHAUSTIVE + " groups, got " + graph.size());
        }
        return graph.size();
    }
}
