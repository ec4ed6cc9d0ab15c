package org.partiflow.solvers.pattern;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.plan.Phase;
import org.partiflow.solvers.bound.UpperBound;
import org.partiflow.solvers.bound.Workers;
import org.partiflow.solvers.strategy.GpuSet;
import org.partiflow.solvers.strategy.NodeClasses;
import org.partiflow.solvers.strategy.StrategySearch;

/**
 * The bound of clusters with too many GPUs for {@link org.partiflow.solvers.bound.PatternBound}: the linear program over
 * patterns of node classes (Gilmore and Gomory 1961, doi:10.1287/opre.9.6.849, for such programs in general), whose size
 * depends on the number of classes and not of nodes.
 *
 * <p><b>Covers</b> every plan whose groups are in the {@link PatternSpace} and use the strategies that {@link StrategySearch}
 * picks, with any KV routes. Proof: take such a plan; let x_p be its number of groups of pattern p, scaled down by what
 * each group carries over its rate, and F_zw the requests per second that are prefilled in zone z and decoded in zone w.
 * GPUs of a class are not used twice, so the class rows hold. A group of the space is in one zone, so the requests that it
 * prefills or decodes are counted in the rows of that zone, and all their caches cross between z and w for F_zw: over the
 * zone link or over cables between nodes of the two. What leaves the nodes of a class is at least what its groups keep
 * there for prefill less what they keep for decode ({@code KvShare}), which gives the NIC rows. Decode rates are lowered by
 * the caches on their way from the fastest prefill group of the space, which is what any plan loses at least. So the plan
 * is a feasible point of the program, and any prices of its rows bound it ({@link PriceBound}). The price bound is computed
 * from the prices themselves, so it holds even where the simplex stopped early.
 *
 * <p>Its packings come from a second program over cuts of whole nodes, in which NICs limit each node and not only each class
 * in sum, rounded by diving ({@link CutDive}).
 *
 * <p>O(patterns) strategy searches and linear programs of some thousand columns. Immutable and thread-safe.
 */
public final class ClassBound {
    /** Where cuts of whole nodes reach less than this share of the bound, groups over parts of several nodes matter. */
    private static final double GOOD_CUTS = 0.9;

    private final PlanningProblem problem;
    private final PatternRates rates;
    private final StrategySearch search;
    private final ClassLinks links;

    private ClassBound(PlanningProblem problem, PatternRates rates, StrategySearch search) {
        this.problem = problem;
        this.rates = rates;
        this.search = search;
        links = new ClassLinks(problem, rates.space.nodes());
    }

    /**
     * Searches the strategies of all patterns; empty if the cluster has too many node classes, or if {@code mayGoOn} says to
     * stop. Does not depend on the number of threads.
     *
     * @param overlapsPrefill whether decode groups reserve caches from the start of prefill
     * @param mayGoOn asked on the calling thread only
     */
    public static Optional<ClassBound> of(
            PlanningProblem problem,
            NodeClasses classes,
            StrategySearch search,
            boolean overlapsPrefill,
            int threads,
            BooleanSupplier mayGoOn) {
        Optional<PatternSpace> space = PatternSpace.of(problem.cluster(), classes);
        if (space.isEmpty()) {
            return Optional.empty();
        }
        @Nullable
        PatternRates rates = PatternRates.of(space.get(), search, overlapsPrefill, new Workers(threads), mayGoOn);
        return rates == null ? Optional.empty() : Optional.of(new ClassBound(problem, rates, search));
    }

    /** The groups that the bound covers. */
    public PatternSpace space() {
        return rates.space;
    }

    /** The bound on plans whose groups have only these phases, and packings that start a search for them. */
    public UpperBound bound(List<Phase> phases, BooleanSupplier mayGoOn) {
        List<PatternColumns.Column> columns = PatternColumns.of(problem, rates, links, phases);
        double value =
                new PatternLp(links, columns, new Stock(rates.space)).solve().bound();
        List<List<UpperBound.Suggestion>> packings = new ArrayList<>();
        double least = rates.leastStagingSeconds();
        CutDive.Result optimistic = dive(phases, least);
        packings.add(optimistic.groups());
        CutDive.Result realistic = dive(phases, Math.max(least, optimistic.prefillSeconds()));
        if (!realistic.groups().equals(optimistic.groups())) {
            packings.add(0, realistic.groups());
        }
        if (optimistic.value() < GOOD_CUTS * value) {
            packings.add(PatternDive.groups(rates.space, links, columns, mayGoOn));
        }
        return new UpperBound(value, rates.space.covers(), packings);
    }

    /**
     * The bound on plans made of groups of the space and of groups like these; the packings are left out.
     *
     * @param groups groups of a plan, of any GPUs
     */
    public UpperBound boundWith(List<GpuSet> groups) {
        PatternRates all = ratesWith(groups);
        List<PatternColumns.Column> columns = PatternColumns.of(problem, all, links, List.of(Phase.values()));
        return new UpperBound(
                new PatternLp(links, columns, new Stock(all.space)).solve().bound(), all.space.covers(), List.of());
    }

    /**
     * A lower bound on the price of the GPUs of any plan that serves a rate and is made of groups of the space and of groups
     * like these.
     *
     * @param groups groups of a plan, of any GPUs
     * @return USD per hour; infinite if no plan serves that much
     */
    public double leastUsdPerHour(double requestsPerSecond, List<GpuSet> groups) {
        PatternRates all = ratesWith(groups);
        List<PatternColumns.Column> columns = PatternColumns.of(problem, all, links, List.of(Phase.values()));
        double[] usdPerGpu = IntStream.range(0, all.space.nodes().count())
                .mapToDouble(all.space.nodes()::leastUsdPerGpuHour)
                .toArray();
        return LeastClassPrice.of(
                new PatternLp(links, columns, new Stock(all.space)), columns, usdPerGpu, requestsPerSecond);
    }

    /** What a linear program over the patterns of the space, and of groups like these, is made of. */
    PatternProgram program(List<GpuSet> groups) {
        PatternRates all = ratesWith(groups);
        return new PatternProgram(all.space, links, PatternColumns.of(problem, all, links, List.of(Phase.values())));
    }

    private PatternRates ratesWith(List<GpuSet> groups) {
        Map<List<Integer>, GpuSet> outside = new LinkedHashMap<>();
        for (GpuSet set : groups) {
            if (!rates.space.contains(set)) {
                outside.putIfAbsent(rates.space.patternOf(set).key(), set);
            }
        }
        return outside.isEmpty() ? rates : rates.with(List.copyOf(outside.values()), search);
    }

    private CutDive.Result dive(List<Phase> phases, double stagingSeconds) {
        CutColumns columns = new CutColumns(problem, rates, links, phases, stagingSeconds);
        return new CutDive(rates.space.nodes(), links, columns).run();
    }
}
