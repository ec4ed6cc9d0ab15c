package org.partiflow.solvers.bound;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.plan.Phase;
import org.partiflow.solvers.lp.LpStatus;
import org.partiflow.solvers.lp.LpTolerance;
import org.partiflow.solvers.lp.PackingCertificate;
import org.partiflow.solvers.lp.PackingLp;
import org.partiflow.solvers.lp.PackingLpSolution;
import org.partiflow.solvers.strategy.GpuSet;
import org.partiflow.solvers.strategy.GroupStrategy;
import org.partiflow.solvers.strategy.NodeClasses;
import org.partiflow.solvers.strategy.StrategySearch;

/**
 * The pattern bound. A pattern says how many GPUs of each node a group takes; every plan uses each pattern in each phase
 * some number of times, such that no node is overdrawn. Relaxing those numbers to be fractional and every KV link to be
 * free gives a linear program:
 *
 * <pre>
 * maximise  R + sum c_p z_p
 * subject to  R &lt;= sum a_p x_p,  R &lt;= sum d_p y_p,  sum n_pk (x_p + y_p + z_p) &lt;= n_k for every node k
 * </pre>
 *
 * with a, d, c the best prefill, decode and colocated rate of a pattern. Proof: any plan of disjoint groups whose
 * strategies lie in the space of {@link StrategySearch} is a feasible point (its routed flow is at most either side's
 * supply, its colocated groups add their rates), and its throughput is at most the objective there. So the optimum
 * bounds every such plan, whatever its KV links, and for any objective that holds groups to less than their rates.
 *
 * <p>All patterns are enumerated, so the number of nodes' count combinations must be small; larger clusters get {@link
 * ComputeBound}. O(patterns) strategy searches and one small LP.
 */
public final class PatternBound {
    private static final int MOST_PATTERNS = 6000;
    /** At least what the certificate's tolerance leaves open. */
    private static final double PROOF_SLACK = 1e-6;
    private static final Phase[] PHASES = {Phase.PREFILL, Phase.DECODE, Phase.COLOCATED};

    private PatternBound() {}

    /**
     * The bound; empty if the cluster has too many patterns, or if {@code mayGoOn} says to stop before it is proven.
     *
     * @param mayGoOn asked on the calling thread
     */
    public static Optional<UpperBound> of(
            Cluster cluster,
            NodeClasses classes,
            StrategySearch search,
            List<Phase> phases,
            int threads,
            BooleanSupplier mayGoOn) {
        long patterns = 1;
        for (int n = 0; n < cluster.nodeCount(); n++) {
            patterns *= cluster.node(n).count() + 1;
            if (patterns > MOST_PATTERNS) {
                return Optional.empty();
            }
        }
        List<GpuSet> sets = new ArrayList<>();
        for (int code = 1; code < patterns; code++) {
            sets.add(decode(cluster, classes, code));
        }
        return evaluate(search, phases, sets, threads, mayGoOn)
                ? solve(cluster, search, phases, sets)
                : Optional.empty();
    }

    private static GpuSet decode(Cluster cluster, NodeClasses classes, int code) {
        int[] counts = new int[cluster.nodeCount()];
        int rest = code;
        for (int n = 0; n < counts.length; n++) {
            int base = cluster.node(n).count() + 1;
            counts[n] = rest % base;
            rest /= base;
        }
        return GpuSet.of(classes, counts);
    }

    /**
     * Fills the search's memo; the values do not depend on the order, so threads do not show. The calling thread works
     * too, and alone asks whether to go on.
     *
     * @return whether all was done
     */
    private static boolean evaluate(
            StrategySearch search, List<Phase> phases, List<GpuSet> sets, int threads, BooleanSupplier mayGoOn) {
        AtomicBoolean stop = new AtomicBoolean();
        Thread[] helpers = IntStream.range(1, threads)
                .mapToObj(w -> new Thread(
                        () -> evaluateEvery(search, phases, sets, w, threads, stop::get), "partiflow-patterns-" + w))
                .toArray(Thread[]::new);
        for (Thread helper : helpers) {
            helper.start();
        }
        evaluateEvery(search, phases, sets, 0, threads, () -> {
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

    private static void evaluateEvery(
            StrategySearch search,
            List<Phase> phases,
            List<GpuSet> sets,
            int first,
            int step,
            BooleanSupplier stopped) {
        for (int i = first; i < sets.size() && !stopped.getAsBoolean(); i += step) {
            for (Phase phase : phases) {
                search.best(phase, sets.get(i));
            }
        }
    }

    private static Optional<UpperBound> solve(Cluster cluster, StrategySearch search, List<Phase> phases, List<GpuSet> sets) {
        int nodes = cluster.nodeCount();
        double[] limits = new double[nodes + 2];
        for (int n = 0; n < nodes; n++) {
            limits[n] = cluster.node(n).count();
        }
        PackingLp.Builder lp = PackingLp.builder(limits);
        lp.addColumn(1, new int[] {nodes, nodes + 1}, new double[] {1, 1});
        List<UpperBound.Suggestion> columns = new ArrayList<>();
        for (GpuSet set : sets) {
            for (Phase phase : PHASES) {
                GroupStrategy strategy = phases.contains(phase) ? search.best(phase, set) : GroupStrategy.NONE;
                if (strategy.isFeasible()) {
                    addColumn(lp, nodes, set, phase, strategy.bestRequestsPerSecond());
                    columns.add(new UpperBound.Suggestion(set, phase, 0));
                }
            }
        }
        PackingLp program = lp.build();
        PackingLpSolution solution = program.solve();
        if (solution.status() != LpStatus.OPTIMAL
                || !PackingCertificate.violations(program, solution, LpTolerance.DEFAULT)
                        .isEmpty()) {
            // A bound that is not proven is none.
            return Optional.empty();
        }
        List<UpperBound.Suggestion> used = new ArrayList<>();
        for (int c = 0; c < columns.size(); c++) {
            UpperBound.Suggestion column = columns.get(c);
            if (solution.x()[c + 1] > 1e-9) {
                used.add(new UpperBound.Suggestion(column.set(), column.phase(), solution.x()[c + 1]));
            }
        }
        used.sort(Comparator.comparingDouble(UpperBound.Suggestion::amount).reversed());
        return Optional.of(new UpperBound(solution.value() * (1 + PROOF_SLACK), "patterns", used));
    }

    private static void addColumn(PackingLp.Builder lp, int nodes, GpuSet set, Phase phase, double rate) {
        boolean colocated = phase == Phase.COLOCATED;
        int[] rows = new int[set.positions() + (colocated ? 0 : 1)];
        double[] coefficients = new double[rows.length];
        for (int i = 0; i < set.positions(); i++) {
            rows[i] = set.node(i);
            coefficients[i] = set.count(i);
        }
        if (!colocated) {
            rows[set.positions()] = phase == Phase.PREFILL ? nodes : nodes + 1;
            coefficients[set.positions()] = -rate;
        }
        lp.addColumn(colocated ? rate : 0, rows, coefficients);
    }
}
