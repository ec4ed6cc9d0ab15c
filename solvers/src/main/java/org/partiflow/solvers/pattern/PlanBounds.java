package org.partiflow.solvers.pattern;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.cost.CostModel;
import org.partiflow.api.plan.Phase;
import org.partiflow.solvers.bound.ComputeBound;
import org.partiflow.solvers.bound.PatternBound;
import org.partiflow.solvers.bound.PatternTable;
import org.partiflow.solvers.bound.UpperBound;
import org.partiflow.solvers.strategy.GpuSet;
import org.partiflow.solvers.strategy.NodeClasses;
import org.partiflow.solvers.strategy.StrategySearch;

/**
 * What is known about the best plan of a problem before and after one was found: {@link PatternBound} where all patterns can
 * be listed, else {@link ClassBound}, else {@link ComputeBound}. Not thread-safe.
 */
public final class PlanBounds {
    private final PlanningProblem problem;
    private final UpperBound compute;
    private final Optional<PatternTable> table;
    private final Optional<ClassBound> classes;
    private final Map<List<Phase>, UpperBound> known = new HashMap<>();
    private final Map<List<Phase>, PatternBound> patternBounds = new HashMap<>();
    private final BooleanSupplier mayGoOn;

    /**
     * Searches the strategies that the bounds need.
     *
     * @param overlapsPrefill whether decode groups reserve caches from the start of prefill
     * @param threads most threads; does not change the bounds
     * @param mayGoOn says when to stop; asked on the calling thread only
     */
    public PlanBounds(
            PlanningProblem problem,
            CostModel costModel,
            NodeClasses nodeClasses,
            StrategySearch search,
            boolean overlapsPrefill,
            int threads,
            BooleanSupplier mayGoOn) {
        this.problem = problem;
        this.mayGoOn = mayGoOn;
        compute = ComputeBound.of(problem, costModel);
        table = PatternTable.of(problem, nodeClasses, search, overlapsPrefill, threads, mayGoOn);
        classes = table.isPresent()
                ? Optional.empty()
                : ClassBound.of(problem, nodeClasses, search, overlapsPrefill, threads, mayGoOn);
    }

    /** Whether the cluster is small enough for all patterns to be listed. */
    public boolean listsAllPatterns() {
        return table.isPresent();
    }

    /** All patterns of a small cluster. */
    public Optional<PatternTable> patterns() {
        return table;
    }

    /** The bound on all plans that are {@link #covers covered}. */
    public UpperBound all() {
        return of(List.of(Phase.values()));
    }

    /** The bound on plans whose groups have only these phases, with packings that start a search for them. */
    public UpperBound of(List<Phase> phases) {
        return known.computeIfAbsent(phases, this::bound);
    }

    /**
     * Whether plans with a group of these GPUs are covered. Where a plan has others, its certificate covers plans with
     * groups like its own besides.
     */
    public boolean covers(GpuSet set) {
        return classes.map(bound -> bound.space().contains(set)).orElse(true);
    }

    /**
     * The tightest bound that can be proven on a plan that was found.
     *
     * @param requestsPerSecond its throughput
     * @param groups its groups
     */
    public UpperBound around(double requestsPerSecond, List<GpuSet> groups) {
        if (classes.isPresent() && !groups.stream().allMatch(this::covers)) {
            UpperBound wider = classes.get().boundWith(groups);
            return wider.requestsPerSecond() <= compute.requestsPerSecond() ? wider : compute;
        }
        UpperBound loose = all();
        return table.filter(patterns -> mayGoOn.getAsBoolean())
                .map(patterns -> patternBound(patterns, List.of(Phase.values())).around(requestsPerSecond))
                .filter(tight -> tight.requestsPerSecond() <= loose.requestsPerSecond())
                .orElse(loose);
    }

    /**
     * A lower bound on the price of plans that serve a rate: of the same plans that {@link #around} covers.
     *
     * @param groups groups of the plan that was found
     * @return USD per hour; 0 where nothing is known
     */
    public double leastUsdPerHour(double requestsPerSecond, List<GpuSet> groups) {
        if (table.isPresent() && !mayGoOn.getAsBoolean()) {
            return 0;
        }
        return table.map(patterns ->
                        patternBound(patterns, List.of(Phase.values())).leastUsdPerHour(requestsPerSecond))
                .or(() -> classes.map(bound -> bound.leastUsdPerHour(requestsPerSecond, groups)))
                .orElse(0.0);
    }

    private PatternBound patternBound(PatternTable patterns, List<Phase> phases) {
        return patternBounds.computeIfAbsent(phases, p -> new PatternBound(problem, patterns, p));
    }

    private UpperBound bound(List<Phase> phases) {
        Optional<UpperBound> byPatterns = table.map(
                        patterns -> patternBound(patterns, phases).relaxed())
                .or(() -> classes.map(bound -> bound.bound(phases, mayGoOn)));
        return byPatterns
                .map(bound -> bound.requestsPerSecond() <= compute.requestsPerSecond()
                        ? bound
                        : new UpperBound(compute.requestsPerSecond(), compute.covers(), bound.packings()))
                .orElse(compute);
    }
}
