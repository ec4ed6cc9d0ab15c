package org.partiflow.solvers.bound;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.plan.Phase;
import org.partiflow.solvers.strategy.GpuSet;
import org.partiflow.solvers.strategy.GroupStrategy;
import org.partiflow.solvers.strategy.NodeClasses;
import org.partiflow.solvers.strategy.StrategySearch;

/**
 * The best rate of every pattern in every phase. A pattern says how many GPUs of each node a group takes; patterns are
 * numbered in the mixed radix of the nodes' counts, so that the rest after taking pattern p out of v is number v - p.
 * Immutable.
 */
public final class PatternTable {
    /** Most patterns that are enumerated. */
    public static final int MOST_PATTERNS = 20_000;

    private final NodeClasses classes;
    private final int[] radix;
    private final double[][] rates;

    private PatternTable(NodeClasses classes, int[] radix, double[][] rates) {
        this.classes = classes;
        this.radix = radix;
        this.rates = rates;
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
            Cluster cluster,
            NodeClasses classes,
            StrategySearch search,
            boolean overlapsPrefill,
            int threads,
            BooleanSupplier mayGoOn) {
        int[] radix = new int[cluster.nodeCount()];
        long patterns = 1;
        for (int n = 0; n < radix.length; n++) {
            radix[n] = cluster.node(n).count() + 1;
            patterns *= radix[n];
            if (patterns > MOST_PATTERNS) {
                return Optional.empty();
            }
        }
        double[][] rates = new double[Phase.values().length][(int) patterns];
        PatternTable table = new PatternTable(classes, radix, rates);
        if (!table.fill(search, threads, mayGoOn)) {
            return Optional.empty();
        }
        if (overlapsPrefill) {
            table.limitDecode(search);
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
        int[] counts = new int[radix.length];
        int rest = pattern;
        for (int n = 0; n < counts.length; n++) {
            counts[n] = rest % radix[n];
            rest /= radix[n];
        }
        return GpuSet.of(classes, counts);
    }

    int nodes() {
        return radix.length;
    }

    int radix(int node) {
        return radix[node];
    }

    private boolean fill(StrategySearch search, int threads, BooleanSupplier mayGoOn) {
        AtomicBoolean stop = new AtomicBoolean();
        Thread[] helpers = IntStream.range(1, threads)
                .mapToObj(w -> new Thread(() -> fillEvery(search, w, threads, stop::get), "partiflow-patterns-" + w))
                .toArray(Thread[]::new);
        for (Thread helper : helpers) {
            helper.start();
        }
        fillEvery(search, 0, threads, () -> {
            if (!mayGoOn.getAsBoolean()) {
                stop.set(true);
            }
            return stop.get();
        });
        boolean interrupted = false;
        for (Thread helper : helpers) {
            while (helper.isAlive()) {
                try {
                    helper.join();
                } catch (InterruptedException e) {
                    // A request to stop like any other; the flag is restored for the caller.
                    interrupted = true;
                    stop.set(true);
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return !stop.get();
    }

    private void limitDecode(StrategySearch search) {
        double fastest = Double.POSITIVE_INFINITY;
        for (int pattern = 1; pattern < size(); pattern++) {
            GroupStrategy prefill = search.best(Phase.PREFILL, set(pattern));
            if (prefill.isFeasible()) {
                fastest = Math.min(fastest, prefill.latencySeconds());
            }
        }
        for (int pattern = 1; pattern < size(); pattern++) {
            GroupStrategy decode = search.best(Phase.DECODE, set(pattern));
            if (decode.isFeasible() && fastest < Double.POSITIVE_INFINITY) {
                rates[Phase.DECODE.ordinal()][pattern] = decode.stagedRequestsPerSecond(fastest);
            }
        }
    }

    private void fillEvery(StrategySearch search, int first, int step, BooleanSupplier stopped) {
        for (int pattern = first; pattern < size() && !stopped.getAsBoolean(); pattern += step) {
            if (pattern > 0) {
                GpuSet set = set(pattern);
                for (Phase phase : List.of(Phase.PREFILL, Phase.DECODE, Phase.COLOCATED)) {
                    GroupStrategy strategy = search.best(phase, set);
                    rates[phase.ordinal()][pattern] = strategy.requestsPerSecond();
                }
            }
        }
    }
}
