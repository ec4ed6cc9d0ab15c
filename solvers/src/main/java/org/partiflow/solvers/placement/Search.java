package org.partiflow.solvers.placement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.Objective;
import org.partiflow.api.PlanningOptions.Refinement;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.PlanningRequest;
import org.partiflow.api.control.Budget;
import org.partiflow.api.control.PlanningPhase;
import org.partiflow.api.control.ProgressEvent;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.spi.MaxFlowSolver;
import org.partiflow.api.spi.Partitioner;
import org.partiflow.api.spi.Strategies;
import org.partiflow.api.workload.SloTarget;
import org.partiflow.solvers.bound.PatternTable;
import org.partiflow.solvers.bound.UpperBound;
import org.partiflow.solvers.network.FlowAllocator;
import org.partiflow.solvers.network.Groups;
import org.partiflow.solvers.network.RouteTable;
import org.partiflow.solvers.pattern.PlanBounds;
import org.partiflow.solvers.strategy.GpuSet;
import org.partiflow.solvers.strategy.LatencyLimits;
import org.partiflow.solvers.strategy.NodeClasses;
import org.partiflow.solvers.strategy.StrategySearch;

/** One planner call: the shared tables, the bound, and searches of one space after the other. Not thread-safe. */
final class Search {
    private static final int PROOF_ROUNDS = 4;
    private static final int PROOF_STARTS = 6;
    /** A plan this close to its bound is as good as it: flows are rounded down, the bound has some slack for rounding. */
    private static final double ATTAINED = 1e-8;

    final PlanningRequest request;
    final Budget budget;
    final NodeClasses classes;
    final StrategySearch strategies;
    final RouteTable routes;
    final FlowAllocator allocator;
    final UpperBound bound;
    private final PlanBounds bounds;
    final List<ServingPlan.Alternative> alternatives = new ArrayList<>();
    private final Map<Layout, String> names = new IdentityHashMap<>();
    private final Groups groups;
    private final Evaluator evaluator;
    private final Partitioner partitioner;
    private final Starts makeStarts;

    Search(PlanningRequest request) {
        this(request, 0, request.control().start());
    }

    /**
     * @param onlyDegree the only tensor-parallel degree of groups; 0 for any
     * @param budget what is left of the request's limits
     */
    Search(PlanningRequest request, int onlyDegree, Budget budget) {
        this.request = request;
        PlanningProblem problem = request.problem();
        partitioner = Strategies.named(Partitioner.class, request.options().partitioner());
        MaxFlowSolver solver =
                Strategies.named(MaxFlowSolver.class, request.options().flow());
        this.budget = budget;
        classes = new NodeClasses(problem.cluster());
        Optional<SloTarget> slo = problem.workload().slo();
        strategies = new StrategySearch(problem, request.costModel(), limits(), onlyDegree);
        routes = new RouteTable(problem, strategies);
        allocator = new FlowAllocator(solver, routes);
        groups = new Groups(strategies, request.options().objective(), slo);
        evaluator = new Evaluator(problem.cluster(), request.options(), allocator, budget);
        makeStarts = new Starts(request, classes, groups, evaluator);
        announce("bounding what any plan can reach");
        bounds = new PlanBounds(
                problem,
                request.costModel(),
                classes,
                strategies,
                routes.overlapsPrefill(),
                request.control().threads(),
                budget::mayGoOn);
        try (PlanningPhase phase = PlanningPhase.begin("bound", budget)) {
            bound = bounds.all();
            phase.found(bound.requestsPerSecond());
        }
    }

    /** The bound, tightened around a plan that was found. */
    UpperBound boundAround(Layout layout) {
        return bounds.around(layout.allocation().requestsPerSecond(), serving(layout));
    }

    /** For {@code COST} what any plan for the required rate costs at least, USD per hour; 0 where nothing is known. */
    double leastUsdPerHour(Layout layout) {
        return bounds.leastUsdPerHour(request.options().requiredRate(), serving(layout));
    }

    private static List<GpuSet> serving(Layout layout) {
        double[] flow = layout.allocation().groupFlow();
        return IntStream.range(0, flow.length)
                .filter(g -> flow[g] > 0)
                .mapToObj(g -> layout.groups().get(g).set())
                .toList();
    }

    /** The best of the packings that attain the relaxed bound, as they are; {@code null} if there are none. */
    @Nullable
    Layout bestPacking(SearchSpace space) {
        List<Layout> packings = ranked(makeStarts.fromBound(bounds.of(space.phases())));
        if (packings.isEmpty() || packings.get(0).score().primary() <= 0) {
            return null;
        }
        noteBest(packings.get(0), space);
        return packings.get(0);
    }

    /**
     * Descends from packings that would be better than {@code best} if KV links were ignored, as the proof of the bound
     * meets them, until none leads to a better plan.
     */
    Layout improvedByProof(Layout best, SearchSpace space) {
        try (PlanningPhase phase = PlanningPhase.begin("prove", budget)) {
            Layout proven = descendedFromProof(best, space);
            phase.found(proven.allocation().requestsPerSecond());
            return proven;
        }
    }

    private Layout descendedFromProof(Layout best, SearchSpace space) {
        Layout current = best;
        List<List<UpperBound.Suggestion>> tried = List.of();
        for (int round = 0; round < PROOF_ROUNDS && request.options().refinement() != Refinement.NONE; round++) {
            UpperBound proven = boundAround(current);
            if (proven.packings().equals(tried) || !budget.mayGoOn()) {
                break;
            }
            tried = proven.packings();
            Layout next = improved(current, proven, space, round);
            if (!next.score().isBetterThan(current.score())) {
                break;
            }
            current = next;
            noteBest(current, space);
        }
        return current;
    }

    /** The best of the bound's packings if it attains the bound, else the best below any of the most promising. */
    private Layout improved(Layout current, UpperBound proven, SearchSpace space, int round) {
        List<Layout> starts = new ArrayList<>(makeStarts.fromBound(proven));
        starts.add(current);
        starts = ranked(starts);
        if (attains(starts.get(0), proven)) {
            return starts.get(0);
        }
        return localSearch(space, round).descendBest(starts.subList(0, Math.min(PROOF_STARTS, starts.size())));
    }

    /** A search with work of its own. */
    private LocalSearch localSearch(SearchSpace space, int round) {
        return new LocalSearch(
                evaluator,
                groups,
                space,
                request.options().refinement(),
                this::covers,
                request.options().seed() + round);
    }

    private void noteBest(Layout layout, SearchSpace space) {
        names.put(layout, space.name());
        report(layout);
    }

    /** Where a layout was found. */
    String nameOf(Layout layout) {
        return names.getOrDefault(layout, "");
    }

    /** What else was found, the chosen layout's own entry left out. */
    List<ServingPlan.Alternative> alternativesTo(Layout chosen) {
        String name = nameOf(chosen);
        return alternatives.stream()
                .filter(alternative -> !alternative.name().equals(name))
                .toList();
    }

    /** All patterns; {@code null} if the cluster has too many or there was no time. */
    @Nullable
    PatternTable patterns() {
        return bounds.patterns().orElse(null);
    }

    /** Makes groups, each once. */
    Groups groups() {
        return groups;
    }

    /** Scores candidates. */
    Evaluator evaluator() {
        return evaluator;
    }

    /** The partitioner that the request names. */
    Partitioner partitioner() {
        return partitioner;
    }

    /** Makes first layouts. */
    Starts starts() {
        return makeStarts;
    }

    /**
     * The best layout of a space, or {@code null} if it has none that serves anything. Packings are tried first; unless
     * they attain the bound, partitions are, and everything is refined.
     *
     * @param thorough whether to go on after the descents from the packings
     */
    @Nullable
    Layout best(SearchSpace space, List<Layout> moreStarts, boolean thorough) {
        announce("searching " + space.name() + " plans");
        try (PlanningPhase phase = PlanningPhase.begin("search " + space.name(), budget)) {
            Layout best = searched(space, moreStarts, thorough);
            phase.found(best == null ? 0 : best.allocation().requestsPerSecond());
            return best;
        }
    }

    private @Nullable Layout searched(SearchSpace space, List<Layout> moreStarts, boolean thorough) {
        LocalSearch search = localSearch(space, 0);
        List<Layout> starts = new ArrayList<>(moreStarts);
        if (space.patternStart()) {
            starts.addAll(makeStarts.fromBound(bounds.of(space.phases())));
        }
        boolean inCells = space.patternStart() && isLarge();
        if (inCells) {
            starts = large(space, starts, thorough);
            search = thorough && request.options().objective() == Objective.COST ? localSearch(space, 0) : search;
        }
        if (!starts.isEmpty() && (thorough || !inCells)) {
            starts = new ArrayList<>(List.of(search.descendBest(starts)));
        }
        boolean attained = !starts.isEmpty() && attains(starts.get(0), bounds.of(space.phases()));
        if (!attained && (thorough && !inCells || starts.isEmpty())) {
            starts.addAll(partitioned(space));
            if (starts.isEmpty()) {
                return null;
            }
            starts = List.of(search.refine(starts, this::report));
        }
        Layout best = starts.get(0);
        if (best.score().primary() <= 0) {
            return null;
        }
        report(best);
        names.put(best, space.name());
        alternatives.removeIf(alternative -> alternative.name().equals(space.name()));
        alternatives.add(
                new ServingPlan.Alternative(space.name(), best.allocation().requestsPerSecond()));
        return best;
    }

    /**
     * Layouts of a large cluster. For {@code COST} what serves most is trimmed to the rate first, and the thorough search then also
     * starts anew: from a trimmed layout it seldom finds its way to another mix of GPUs.
     */
    private List<Layout> large(SearchSpace space, List<Layout> starts, boolean thorough) {
        List<Layout> found = new ArrayList<>();
        Layout large = new LargeSearch(this, space).best(starts, thorough);
        if (large != null && request.options().objective() == Objective.COST) {
            if (thorough) {
                found.add(localSearch(space, 0).descendBest(List.of(large)));
                large = new LargeSearch(this, space).best(List.of(), true);
            } else {
                found.addAll(new CostTrim(
                                request.problem().cluster(),
                                evaluator,
                                request.options().requiredRate())
                        .cheaper(large));
            }
        }
        if (large != null) {
            found.add(large);
        }
        return found.isEmpty() ? starts : found;
    }

    /** Whether the cluster has too many patterns to enumerate. */
    boolean isLarge() {
        return !bounds.listsAllPatterns();
    }

    /** Whether the certificate covers plans with a group of these GPUs. */
    boolean covers(GpuSet set) {
        return bounds.covers(set);
    }

    /** Whether no plan of the space can be better. */
    boolean attains(Layout layout, UpperBound limit) {
        return request.options().objective() != Objective.COST
                && layout.allocation().requestsPerSecond() >= limit.requestsPerSecond() * (1 - ATTAINED);
    }

    private List<Layout> partitioned(SearchSpace space) {
        List<Layout> layouts;
        try (PlanningPhase phase = PlanningPhase.begin("partition", budget)) {
            layouts = makeStarts.fromPartitions(partitioner, space);
            phase.found(layouts.isEmpty() ? 0 : layouts.get(0).allocation().requestsPerSecond());
        }
        if (!layouts.isEmpty()) {
            alternatives.add(new ServingPlan.Alternative(
                    space.name() + ", " + partitioner.name() + " unrefined",
                    layouts.get(0).allocation().requestsPerSecond()));
        }
        return chosen(layouts, space.choices());
    }

    /** The layouts that are refined, of some that are ranked. */
    private static List<Layout> chosen(List<Layout> layouts, HexGen2Options choices) {
        Set<Integer> counts = new HashSet<>();
        return layouts.stream()
                .filter(layout -> choices.startRule() == HexGen2Options.StartRule.BEST
                        || counts.add(layout.groups().size()))
                .limit(choices.startsRefined())
                .toList();
    }

    /** Latencies that every group must keep under the objective. */
    LatencyLimits limits() {
        return LatencyLimits.of(
                request.options().objective(), request.problem().workload().slo());
    }

    void report(Layout layout) {
        request.control()
                .listener()
                .on(new ProgressEvent.Improved(
                        layout.allocation().requestsPerSecond(), bound.requestsPerSecond(), budget.evaluations()));
    }

    private void announce(String step) {
        request.control().listener().on(new ProgressEvent.StepStarted(step));
    }

    /** Layouts, best first. */
    static List<Layout> ranked(List<Layout> layouts) {
        return layouts.stream()
                .sorted(Comparator.comparing(Layout::score).reversed())
                .toList();
    }
}
