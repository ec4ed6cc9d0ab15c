package org.partiflow.solvers.bound;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.plan.Phase;
import org.partiflow.solvers.strategy.GpuSet;
import org.partiflow.solvers.strategy.GroupStrategy;
import org.partiflow.solvers.strategy.KvShare;
import org.partiflow.solvers.strategy.NodeClasses;
import org.partiflow.solvers.strategy.StrategySearch;

/**
 * The best strategy of every pattern in every phase. A pattern says how many GPUs of each node a group takes; patterns are
 * numbered in the mixed radix of the nodes' counts, so that the rest after taking pattern p out of v is number v - p.
 * Immutable.
 */
public final class PatternTable {
    /** Most patterns that are enumerated. */
    public static final int MOST_PATTERNS = 20_000;

    private static final List<Phase> PHASES = List.of(Phase.values());

    private final PlanningProblem problem;
    private final NodeClasses classes;
    private final int[] radix;
    private final GroupStrategy[][] strategies;
    private final double[][] rates;
    /** Counts of each pattern side by side, each with a spare bit above it. */
    private final long[] packed;
    /** The spare bits. */
    private final long guards;

    private PatternTable(PlanningProblem problem, NodeClasses classes, int[] radix, int patterns) {
        this.problem = problem;
        this.classes = classes;
        this.radix = radix;
        strategies = new GroupStrategy[PHASES.size()][patterns];
        rates = new double[PHASES.size()][patterns];
        packed = new long[patterns];
        long spare = 0;
        int shift = 0;
        int unit = 1;
        for (int r : radix) {
            for (int pattern = 0; pattern < patterns; pattern++) {
                packed[pattern] |= (long) (pattern / unit % r) << shift;
            }
            shift += Integer.SIZE - Integer.numberOfLeadingZeros(r);
            spare |= 1L << shift++;
            unit *= r;
        }
        guards = spare;
    }

    /**
     * Evaluates all patterns; empty if the cluster has too many, or if {@code mayGoOn} says to stop. Values do not depend
     * on the number of threads. O(patterns) strategy searches.
     *
     * @param overlapsPrefill whether decode groups reserve caches from the start of prefill: then no decode rate exceeds
     *     what is left of the memory while the fastest prefill group of all patterns works
     * @param mayGoOn asked on the calling thread only
     */
    public static Optional<PatternTable> of(
            PlanningProblem problem,
            NodeClasses classes,
            StrategySearch search,
            boolean overlapsPrefill,
            int threads,
            BooleanSupplier mayGoOn) {
        Cluster cluster = problem.cluster();
        int[] radix = new int[cluster.nodeCount()];
        long patterns = 1;
        for (int n = 0; n < radix.length; n++) {
            radix[n] = cluster.node(n).count() + 1;
            patterns *= radix[n];
            if (patterns > MOST_PATTERNS) {
                return Optional.empty();
            }
        }
        PatternTable table = new PatternTable(problem, classes, radix, (int) patterns);
        boolean complete =
                new Workers(threads).each((int) patterns, mayGoOn, pattern -> table.evaluate(pattern, search));
        if (!complete) {
            return Optional.empty();
        }
        if (overlapsPrefill) {
            table.limitDecode();
        }
        return Optional.of(table);
    }

    /** Number of patterns, the empty one (number 0) included; the last takes every GPU. */
    public int size() {
        return rates[0].length;
    }

    /** Highest rate of a pattern in a phase, requests per second; 0 if it cannot serve. */
    public double rate(Phase phase, int pattern) {
        return rates[phase.ordinal()][pattern];
    }

    /** GPUs of a pattern. */
    public GpuSet set(int pattern) {
        return GpuSet.of(classes, counts(pattern));
    }

    /** The part of a request's cache that a pattern keeps on each node; empty if it is not determined. */
    double[] kvShares(Phase phase, int pattern) {
        GpuSet set = set(pattern);
        int[] counts = new int[set.positions()];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = set.count(i);
        }
        double[] byPosition = KvShare.byPart(problem.model(), strategies[phase.ordinal()][pattern], counts);
        double[] byNode = new double[byPosition.length == 0 ? 0 : radix.length];
        for (int i = 0; i < byPosition.length; i++) {
            byNode[set.node(i)] = byPosition[i];
        }
        return byNode;
    }

    /** Whether a pattern takes every GPU of these nodes. */
    boolean takesAll(int pattern, boolean[] nodes) {
        int rest = pattern;
        for (int n = 0; n < radix.length; n++) {
            if (nodes[n] && rest % radix[n] != radix[n] - 1) {
                return false;
            }
            rest /= radix[n];
        }
        return true;
    }

    /** Whether a pattern takes no more GPUs of any node than another. */
    boolean isWithin(int pattern, int other) {
        return ((packed[other] | guards) - packed[pattern] & guards) == guards;
    }

    /** The first node of which a pattern, other than the empty one, takes a GPU. */
    int firstNode(int pattern) {
        int rest = pattern;
        int node = 0;
        while (rest % radix[node] == 0) {
            rest /= radix[node++];
        }
        return node;
    }

    /** Number of the pattern that is one GPU of a node. */
    int unit(int node) {
        int unit = 1;
        for (int n = 0; n < node; n++) {
            unit *= radix[n];
        }
        return unit;
    }

    /** How many groups of this pattern fit into the cluster. */
    int copies(int pattern) {
        int copies = Integer.MAX_VALUE;
        int rest = pattern;
        for (int r : radix) {
            copies = rest % r > 0 ? Math.min(copies, (r - 1) / (rest % r)) : copies;
            rest /= r;
        }
        return copies;
    }

    /** Price of a pattern's GPUs. */
    double usdPerHour(int pattern) {
        int[] counts = counts(pattern);
        double sum = 0;
        for (int n = 0; n < counts.length; n++) {
            sum += counts[n] * problem.cluster().node(n).pricePerGpuHourUsd();
        }
        return sum;
    }

    int gpus() {
        return problem.cluster().gpuCount();
    }

    int nodes() {
        return radix.length;
    }

    int radix(int node) {
        return radix[node];
    }

    /** GPUs of each node that a pattern takes. */
    public int[] counts(int pattern) {
        int[] counts = new int[radix.length];
        int rest = pattern;
        for (int n = 0; n < counts.length; n++) {
            counts[n] = rest % radix[n];
            rest /= radix[n];
        }
        return counts;
    }

    private void evaluate(int pattern, StrategySearch search) {
        for (Phase phase : PHASES) {
            GroupStrategy strategy = pattern == 0 ? GroupStrategy.NONE : search.best(phase, set(pattern));
            strategies[phase.ordinal()][pattern] = strategy;
            rates[phase.ordinal()][pattern] = strategy.requestsPerSecond();
        }
    }

    private void limitDecode() {
        double fastest = Double.POSITIVE_INFINITY;
        for (GroupStrategy prefill : strategies[Phase.PREFILL.ordinal()]) {
            fastest = prefill.isFeasible() ? Math.min(fastest, prefill.latencySeconds()) : fastest;
        }
        for (int pattern = 1; pattern < size() && fastest < Double.POSITIVE_INFINITY; pattern++) {
            GroupStrategy decode = strategies[Phase.DECODE.ordinal()][pattern];
            if (decode.isFeasible()) {
                rates[Phase.DECODE.ordinal()][pattern] = decode.stagedRequestsPerSecond(fastest);
            }
        }
    }
}
