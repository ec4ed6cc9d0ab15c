package org.partiflow.solvers.replan;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.partiflow.api.Objective;
import org.partiflow.api.PlanningOptions;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.control.Budget;
import org.partiflow.api.cost.GroupEvaluator;
import org.partiflow.api.cost.KvTraffic;
import org.partiflow.api.cost.PreparedGroup;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.spi.MaxFlowSolver;
import org.partiflow.api.spi.Strategies;
import org.partiflow.api.workload.SloTarget;
import org.partiflow.solvers.network.Allocation;
import org.partiflow.solvers.network.FlowAllocator;
import org.partiflow.solvers.network.Group;
import org.partiflow.solvers.network.Groups;
import org.partiflow.solvers.network.KvRoute;
import org.partiflow.solvers.network.RouteTable;
import org.partiflow.solvers.strategy.GpuSet;
import org.partiflow.solvers.strategy.GroupStrategy;
import org.partiflow.solvers.strategy.LatencyLimits;
import org.partiflow.solvers.strategy.NodeClasses;
import org.partiflow.solvers.strategy.StrategySearch;

/** What one replanning looks things up in. Unlike a planner's tables it knows which GPUs a group stands on. */
final class Tables {
    private static final double PREFILL_TIE = 0.02;

    final PlanningProblem problem;
    final Cluster cluster;
    final PlanningOptions options;
    final NodeClasses classes;
    final StrategySearch strategies;
    final GroupEvaluator evaluator;
    final RouteTable routes;
    final FlowAllocator allocator;
    final Budget budget;
    private final Groups groups;
    private final LatencyLimits limits;
    private final Map<Integer, int[]> gpusOf = new HashMap<>();
    private final Map<Long, KvRoute> known = new HashMap<>();
    private final Map<List<Integer>, Optional<Placed>> formed = new HashMap<>();

    Tables(ReplanRequest request) {
        problem = request.problem();
        cluster = problem.cluster();
        options = request.options();
        budget = request.control().start();
        classes = new NodeClasses(cluster);
        Optional<SloTarget> slo = problem.workload().slo();
        limits = LatencyLimits.of(options.objective(), slo);
        strategies = new StrategySearch(problem, request.costModel(), limits);
        evaluator = strategies.evaluator();
        routes = new RouteTable(problem, strategies);
        allocator = new FlowAllocator(Strategies.named(MaxFlowSolver.class, options.flow()), routes);
        groups = new Groups(strategies, options.objective(), slo);
    }

    /** A group with a given strategy on given GPUs. */
    Placed place(String id, Phase phase, GroupStrategy strategy, int[] gpus) {
        int[] counts = new int[cluster.nodeCount()];
        for (int gpu : gpus) {
            counts[cluster.nodeOf(gpu)]++;
        }
        Group group = groups.with(GpuSet.of(classes, counts), phase, strategy);
        gpusOf.put(group.number(), gpus);
        return new Placed(id, group, gpus);
    }

    /** The group that these GPUs form best in a phase; empty if they cannot. */
    Optional<Placed> form(Phase phase, List<Integer> gpus) {
        List<Integer> key = new java.util.ArrayList<>(gpus);
        key.add(-1 - phase.ordinal());
        Optional<Placed> best = formed.get(key);
        if (best == null) {
            best = search(phase, gpus);
            formed.put(key, best);
        }
        return best;
    }

    private Optional<Placed> search(Phase phase, List<Integer> gpus) {
        int[] counts = new int[cluster.nodeCount()];
        gpus.forEach(gpu -> counts[cluster.nodeOf(gpu)]++);
        GpuSet set = GpuSet.of(classes, counts);
        GroupStrategy strategy = strategies.best(phase, set);
        if (!strategy.isFeasible()) {
            return Optional.empty();
        }
        int[] ordered = new int[gpus.size()];
        int rank = 0;
        for (int position = 0; position < set.positions(); position++) {
            for (int gpu : gpus) {
                if (cluster.nodeOf(gpu) == set.node(position)) {
                    ordered[rank++] = gpu;
                }
            }
        }
        return Optional.of(place("", phase, strategy, ordered));
    }

    /** The same stages in a phase, with the batch that suits it; {@link GroupStrategy#NONE} if nothing fits. */
    GroupStrategy refitted(Phase phase, int[] degrees, int[] layers, int[] gpus) {
        GroupStrategy shape = new GroupStrategy(degrees, layers, 1, 0, 0, 0);
        List<KvTraffic.Holder> stages = shape.stages(gpus);
        int least = evaluator.minBatch(phase, degrees.length);
        int most = largestBatch(phase, stages);
        if (most < least) {
            return GroupStrategy.NONE;
        }
        PreparedGroup prepared = evaluator.prepare(phase, stages);
        int batch = most;
        if (phase == Phase.PREFILL) {
            batch = 1;
            for (int larger = 2; larger <= most; larger *= 2) {
                if (prepared.requestsPerSecond(larger) > prepared.requestsPerSecond(batch) * (1 + PREFILL_TIE)
                        && prepared.latencySeconds(larger) <= limit(phase)) {
                    batch = larger;
                }
            }
        }
        return withBatch(phase, shape, stages, prepared, batch);
    }

    /** The same stages and batch in a phase, as far as memory and limits allow; NONE if they do not. */
    GroupStrategy kept(Phase phase, int[] degrees, int[] layers, int[] gpus, int batch) {
        GroupStrategy shape = new GroupStrategy(degrees, layers, 1, 0, 0, 0);
        List<KvTraffic.Holder> stages = shape.stages(gpus);
        int capped = Math.min(batch, largestBatch(phase, stages));
        return capped < evaluator.minBatch(phase, degrees.length)
                ? GroupStrategy.NONE
                : withBatch(phase, shape, stages, evaluator.prepare(phase, stages), capped);
    }

    private GroupStrategy withBatch(
            Phase phase, GroupStrategy shape, List<KvTraffic.Holder> stages, PreparedGroup prepared, int most) {
        int least = evaluator.minBatch(phase, stages.size());
        int batch = most;
        while (batch > least && prepared.latencySeconds(batch) > limit(phase)) {
            batch = Math.max(least, (int) (batch * 0.9));
        }
        double latency = prepared.latencySeconds(batch);
        double rate = prepared.requestsPerSecond(batch);
        if (!Double.isFinite(latency) || latency > limit(phase) || !(rate > 0)) {
            return GroupStrategy.NONE;
        }
        double kvRequests =
                evaluator.kvCapacityTokens(phase, stages) / evaluator.lengths().meanReserved() - 0.5;
        return new GroupStrategy(shape.degrees(), shape.layers(), batch, rate, latency, Math.max(0, kvRequests));
    }

    private double limit(Phase phase) {
        return phase == Phase.PREFILL ? limits.prefillSeconds() : limits.tokenSeconds();
    }

    private int largestBatch(Phase phase, List<KvTraffic.Holder> stages) {
        long room = evaluator.kvCapacityTokens(phase, stages);
        int low = 0;
        int high = evaluator.maxBatch(phase, stages.size());
        while (low < high) {
            int middle = low + (high - low + 1) / 2;
            if (evaluator.kvNeededTokens(phase, stages.size(), middle) <= room) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** Values placed groups; ports inside nodes limit single routes but are not shared. */
    Valued value(List<Placed> placed) {
        budget.spend();
        List<Group> order = placed.stream().map(Placed::group).toList();
        return valued(placed, allocator.searched(order, (from, to) -> route(order.get(from), order.get(to))));
    }

    /** Values placed groups with every shared link: what the plan promises. */
    Valued exact(List<Placed> placed) {
        return valued(
                placed,
                allocator.allocate(
                        placed.stream().map(Placed::group).toList(),
                        placed.stream().map(Placed::gpus).toList()));
    }

    private Valued valued(List<Placed> placed, Allocation allocation) {
        return new Valued(placed, allocation, counted(allocation.requestsPerSecond()), potential(placed));
    }

    /** Sum of the groups' rates on both sides of the bottleneck. */
    double potential(List<Placed> placed) {
        return supply(placed, Phase.PREFILL) + supply(placed, Phase.DECODE) + 2 * supply(placed, Phase.COLOCATED);
    }

    /** Requests per second that count. */
    double counted(double requestsPerSecond) {
        return options.objective() == Objective.COST
                ? Math.min(requestsPerSecond, options.requiredRate())
                : requestsPerSecond;
    }

    /** The most that any flow through these groups can reach. */
    double ceiling(List<Placed> placed) {
        double pairs = Math.min(supply(placed, Phase.PREFILL), supply(placed, Phase.DECODE));
        return counted(pairs + supply(placed, Phase.COLOCATED));
    }

    private static double supply(List<Placed> placed, Phase phase) {
        double sum = 0;
        for (Placed one : placed) {
            if (one.group().phase() == phase) {
                sum += one.group().requestsPerSecond();
            }
        }
        return sum;
    }

    private KvRoute route(Group from, Group to) {
        return known.computeIfAbsent(
                ((long) from.number() << 32) | to.number(), key -> routes.route(from, gpus(from), to, gpus(to), false));
    }

    private int[] gpus(Group group) {
        int[] gpus = gpusOf.get(group.number());
        if (gpus == null) {
            throw new IllegalArgumentException(
                    "group " + Arrays.toString(group.strategy().degrees()) + " was not placed by these tables");
        }
        return gpus;
    }
}
