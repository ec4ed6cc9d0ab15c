package org.partiflow.solvers.joint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.plan.Phase;
import org.partiflow.solvers.bound.PatternBound;
import org.partiflow.solvers.bound.PatternTable;
import org.partiflow.solvers.bound.SubsetBound;
import org.partiflow.solvers.network.RouteTable;
import org.partiflow.solvers.strategy.LatencyLimits;
import org.partiflow.solvers.strategy.NodeClasses;
import org.partiflow.solvers.strategy.Signature;
import org.partiflow.solvers.strategy.StrategySearch;

/**
 * Splits a cluster whose patterns can be listed. {@link SubsetBound} bounds every tenant on every choice of GPUs, so the best
 * split by the bounds bounds every joint plan. Best first: the split with the best bounds is planned; what its plans reach and
 * what their certificates prove replaces the bounds of these choices; until no split that is left could be better, or a limit
 * is met. Not thread-safe.
 */
final class SmallSplits {
    /** A split must promise so much more to be planned. */
    private static final double GAIN = 5e-4;

    private final TenantPlans plans;
    private final SplitMaker maker;
    private final int mostPlans;
    private final List<SubsetBound> bounds = new ArrayList<>();
    private final Signature[] looks;
    private final int[][] counts;
    private final List<Map<Signature, Double>> proven = new ArrayList<>();
    private final List<Map<Signature, Double>> reached = new ArrayList<>();
    private final Set<List<Object>> tightened = new HashSet<>();
    private final Set<List<Integer>> evaluated = new HashSet<>();
    private final SplitFold fold;
    private @Nullable Split best;

    private SmallSplits(TenantPlans plans, SplitMaker maker, int mostPlans, List<PatternTable> tables) {
        this.plans = plans;
        this.maker = maker;
        this.mostPlans = mostPlans;
        int size = tables.get(0).size();
        counts = new int[size][];
        looks = new Signature[size];
        for (int v = 0; v < size; v++) {
            counts[v] = tables.get(0).counts(v);
            looks[v] = plans.look(counts[v]);
        }
        for (int t = 0; t < tables.size(); t++) {
            PlanningProblem problem = plans.request.tenants().get(t).problem();
            bounds.add(new PatternBound(problem, tables.get(t), List.of(Phase.values())).subsets());
            proven.add(new HashMap<>());
            reached.add(new HashMap<>());
        }
        fold = new SplitFold(counts[size - 1], size);
    }

    /** Lists the patterns of every tenant; empty if there are too many, or if the limits say to stop. */
    static Optional<SmallSplits> of(TenantPlans plans, SplitMaker maker, int mostPlans) {
        List<PatternTable> tables = new ArrayList<>();
        NodeClasses classes = new NodeClasses(plans.cluster);
        for (int t = 0; t < plans.tenants(); t++) {
            PlanningProblem problem = plans.request.tenants().get(t).problem();
            StrategySearch search = new StrategySearch(
                    problem,
                    plans.request.costModels().get(t),
                    LatencyLimits.of(
                            plans.request.options().objective(),
                            problem.workload().slo()));
            Optional<PatternTable> table = PatternTable.of(
                    problem,
                    classes,
                    search,
                    new RouteTable(problem, search).overlapsPrefill(),
                    plans.request.control().threads(),
                    plans.budget::mayGoOn);
            if (table.isEmpty()) {
                return Optional.empty();
            }
            tables.add(table.get());
        }
        return Optional.of(new SmallSplits(plans, maker, mostPlans, tables));
    }

    /** The best split that was found; {@code null} if none serves every tenant. */
    @Nullable
    Split search() {
        while (true) {
            boolean limited = plans.made() >= mostPlans && best != null || !plans.budget.mayGoOn();
            double[][] shares = limited ? known() : promised();
            int[] split = fold.best(shares);
            if (split == null || share(shares, split) <= (best == null ? 0 : best.servedShare() * (1 + GAIN))) {
                return best;
            }
            if (tighten(split)) {
                continue;
            }
            // A split comes back only where shared links kept it from what its plans reach alone.
            if (!evaluated.add(Arrays.stream(split).boxed().toList())) {
                return best;
            }
            evaluate(split);
        }
    }

    /** No joint plan serves a greater share. */
    double bound() {
        double[][] shares = shares((t, v) ->
                Math.min(bounds.get(t).at(v), proven.get(t).getOrDefault(looks[v], Double.POSITIVE_INFINITY)));
        int[] split = fold.best(shares);
        return split == null ? 0 : share(shares, split);
    }

    /** What was reached where that is known, else what may be. */
    private double[][] promised() {
        return shares((t, v) -> {
            Double known = reached.get(t).get(looks[v]);
            return known == null ? bounds.get(t).at(v) : known;
        });
    }

    /** What was reached, and nothing where that is not known. */
    private double[][] known() {
        return shares((t, v) -> reached.get(t).getOrDefault(looks[v], 0.0));
    }

    @FunctionalInterface
    private interface Rate {
        double of(int tenant, int choice);
    }

    private double[][] shares(Rate rate) {
        double[][] shares = new double[plans.tenants()][looks.length];
        for (int t = 0; t < shares.length; t++) {
            for (int v = 0; v < looks.length; v++) {
                shares[t][v] = rate.of(t, v) / plans.required(t);
            }
        }
        return shares;
    }

    private static double share(double[][] shares, int[] split) {
        return IntStream.range(0, split.length)
                .mapToDouble(t -> shares[t][split[t]])
                .min()
                .orElse(0);
    }

    private boolean tighten(int[] split) {
        boolean any = false;
        for (int t = 0; t < split.length; t++) {
            boolean known = reached.get(t).containsKey(looks[split[t]]);
            if (!known && tightened.add(List.of(t, looks[split[t]]))) {
                bounds.get(t).tighten(split[t]);
                any = true;
            }
        }
        return any;
    }

    /** Plans the tenants of a split, the poorest first, until one is no better off than in the best split. */
    private void evaluate(int[] split) {
        double[][] promised = promised();
        Integer[] order = IntStream.range(0, split.length)
                .boxed()
                .sorted(Comparator.comparingDouble(t -> promised[t][split[t]]))
                .toArray(Integer[]::new);
        TenantPlans.Planned[] planned = new TenantPlans.Planned[split.length];
        for (int t : order) {
            planned[t] = plans.plan(t, counts[split[t]]);
            double rate = planned[t].requestsPerSecond();
            reached.get(t).merge(looks[split[t]], rate, Math::max);
            planned[t]
                    .plan()
                    .ifPresent(plan -> proven.get(t)
                            .merge(looks[split[t]], plan.certificate().upperBoundRequestsPerSecond(), Math::min));
            if (best != null && rate / plans.required(t) <= best.servedShare()) {
                return;
            }
        }
        Split candidate = maker.of(Arrays.asList(planned));
        if (candidate != null && (best == null || candidate.isBetterThan(best))) {
            best = candidate;
        }
    }
}
