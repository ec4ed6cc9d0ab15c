package org.partiflow.solvers.strategy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.cost.CostModel;
import org.partiflow.api.cost.GroupEvaluator;
import org.partiflow.api.plan.Phase;

/**
 * Finds the best strategy of a set of GPUs in each phase: stage layouts by {@link StageLayouts}, uneven layers by {@link
 * LayerSplit}, batches as large as memory, the engine's limits and the latency limits allow. Memoised by signature.
 * Keeps to what the engine of {@link org.partiflow.api.ServingOptions} can run. Thread-safe; the answer does not depend on
 * which thread or call came first.
 *
 * <p>The rate decides, and latency among equal rates only: bounds are made of these rates, so whatever is given away here
 * would be missing in what is proven. One thing is given away: a prefill group takes the smallest batch within two per cent of
 * its best rate. Whole plans whose rates are close are told apart by replay.
 */
public final class StrategySearch {
    /** Rates that differ by rounding only. */
    private static final double EQUAL = 1e-9;

    private final Cluster cluster;
    private final GroupEvaluator evaluator;
    private final StageLayouts layouts;
    private final LatencyLimits limits;
    private final StageTable stageTable;
    private final List<ConcurrentHashMap<Signature, GroupStrategy>> memo =
            List.of(new ConcurrentHashMap<>(), new ConcurrentHashMap<>(), new ConcurrentHashMap<>());

    /** A search for {@code problem} with times by {@code costModel}. */
    public StrategySearch(PlanningProblem problem, CostModel costModel, LatencyLimits limits) {
        this(problem, costModel, limits, 0);
    }

    /**
     * A search for strategies of one tensor-parallel degree.
     *
     * @param onlyDegree the degree; 0 for any
     */
    public StrategySearch(PlanningProblem problem, CostModel costModel, LatencyLimits limits, int onlyDegree) {
        cluster = problem.cluster();
        evaluator = new GroupEvaluator(problem, costModel);
        layouts = new StageLayouts(problem.model(), problem.serving().engine(), onlyDegree);
        this.limits = limits;
        stageTable = new StageTable(problem, costModel, evaluator);
    }

    /** The definition of what groups can do, for the finished plan. */
    public GroupEvaluator evaluator() {
        return evaluator;
    }

    /** The best strategy of {@code set} in {@code phase}; {@link GroupStrategy#NONE} if there is none. */
    public GroupStrategy best(Phase phase, GpuSet set) {
        ConcurrentHashMap<Signature, GroupStrategy> known = memo.get(phase.ordinal());
        Signature signature = set.signature();
        GroupStrategy strategy = known.get(signature);
        if (strategy == null) {
            strategy = search(phase, set);
            known.put(signature, strategy);
        }
        return strategy;
    }

    /** Degrees of the stages of every layout that is tried for a set, in the order of its GPUs. */
    public List<int[]> layouts(GpuSet set) {
        return layouts.of(set);
    }

    /** The best strategy of a set that is cut into these stages; {@link GroupStrategy#NONE} if it cannot serve so. */
    public GroupStrategy withStages(Phase phase, GpuSet set, int[] degrees) {
        LayoutSearch layout = new LayoutSearch(stageTable, evaluator, limits, phase, degrees, representatives(set));
        GroupStrategy best = layout.best(0);
        return best == null ? GroupStrategy.NONE : best;
    }

    /** Layouts by falling bound; those whose bound is below the best are not worked out. */
    private GroupStrategy search(Phase phase, GpuSet set) {
        if (!stageTable.couldHold(set)) {
            return GroupStrategy.NONE;
        }
        int[] gpus = representatives(set);
        List<LayoutSearch> searches = new ArrayList<>();
        for (int[] degrees : layouts.of(set)) {
            LayoutSearch layout = new LayoutSearch(stageTable, evaluator, limits, phase, degrees, gpus);
            if (layout.mostRequestsPerSecond() > 0) {
                searches.add(layout);
            }
        }
        // Stable: layouts of equal bounds stay in their order.
        searches.sort(
                Comparator.comparingDouble(LayoutSearch::mostRequestsPerSecond).reversed());
        List<GroupStrategy> candidates = new ArrayList<>();
        double best = 0;
        for (LayoutSearch layout : searches) {
            double least = best * (1 - EQUAL);
            if (layout.mostRequestsPerSecond() < least) {
                break;
            }
            GroupStrategy candidate = layout.best(least);
            if (candidate != null) {
                best = Math.max(best, candidate.requestsPerSecond());
                candidates.add(candidate);
            }
        }
        return fastest(candidates, best * (1 - EQUAL));
    }

    private static GroupStrategy fastest(List<GroupStrategy> candidates, double leastRate) {
        GroupStrategy chosen = GroupStrategy.NONE;
        for (GroupStrategy candidate : candidates) {
            boolean near = candidate.requestsPerSecond() >= leastRate;
            if (near && (!chosen.isFeasible() || candidate.latencySeconds() < chosen.latencySeconds())) {
                chosen = candidate;
            }
        }
        return chosen;
    }

    /** GPUs that stand for the set: the first of each node. */
    public int[] representatives(GpuSet set) {
        int[] gpus = new int[set.size()];
        int rank = 0;
        for (int position = 0; position < set.positions(); position++) {
            int first = cluster.firstGpu(set.node(position));
            for (int i = 0; i < set.count(position); i++) {
                gpus[rank++] = first + i;
            }
        }
        return gpus;
    }
}
