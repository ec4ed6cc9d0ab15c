package org.partiflow.solvers.placement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.Objective;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.plan.Route;
import org.partiflow.api.plan.ServingGroup;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.solvers.bound.UpperBound;
import org.partiflow.solvers.network.Allocation;
import org.partiflow.solvers.network.Group;
import org.partiflow.solvers.network.PlanParts;

/**
 * Turns a layout into a plan: gives every group its GPUs, allocates the flow over them with all shared links, and
 * computes every figure from the definitions. Groups that carry nothing are dropped and their GPUs left unused.
 */
final class PlanBuilder {
    /** Version of the planner, written into plans. */
    static final String VERSION = "0.1.0";

    private static final double ROUNDING = 1e-9;

    private final Search search;
    private final PlanningProblem problem;
    private final Cluster cluster;
    private final String strategy;
    private final PlanParts parts;

    PlanBuilder(Search search, String strategy) {
        this.search = search;
        problem = search.request.problem();
        cluster = problem.cluster();
        this.strategy = strategy;
        parts = new PlanParts(problem, search.strategies.evaluator(), search.routes);
    }

    /** The finished plan. */
    ServingPlan build(ReplayChoice choice) {
        return build(choice.layout(), search.boundAround(choice.layout()), choice.notes());
    }

    /** A plan that nobody will see; its certificate is that of the search, not tightened around it. */
    ServingPlan draft(Layout layout) {
        return build(layout, search.bound, List.of());
    }

    private ServingPlan build(Layout layout, UpperBound proven, List<String> notes) {
        int[] order = order(layout);
        List<Group> groups =
                Arrays.stream(order).mapToObj(g -> layout.groups().get(g)).toList();
        List<int[]> gpus = assignGpus(groups);
        Allocation allocation = allocation(layout, order, groups, gpus);
        List<String> ids = ids(groups);
        List<ServingGroup> served = new ArrayList<>();
        for (int g = 0; g < groups.size(); g++) {
            served.add(parts.group(
                    ids.get(g), groups.get(g), gpus.get(g), allocation.groupFlow()[g]));
        }
        List<Route> routes = parts.routes(groups, gpus, ids, allocation);
        List<String> warnings = new ArrayList<>(notes);
        warnings.addAll(new Warnings(problem).all());
        return plan(new Draft(layout, served, routes, ids, warnings), allocation, proven);
    }

    /** The groups that carry something, in the order in which plans list them. */
    private static int[] order(Layout layout) {
        List<Group> groups = layout.groups();
        return IntStream.range(0, groups.size())
                .filter(g -> layout.allocation().groupFlow()[g] > 0)
                .boxed()
                .sorted(Comparator.comparing(
                        groups::get,
                        Comparator.comparing(Group::phase)
                                .thenComparing(Comparator.comparingDouble(Group::requestsPerSecond)
                                        .reversed())
                                .thenComparing(Group::number)))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** Where many groups are allocated by few pairs, their order matters: no less than the search found is good enough. */
    private Allocation allocation(Layout layout, int[] order, List<Group> groups, List<int[]> gpus) {
        Allocation listed = search.allocator.allocate(groups, gpus);
        if (listed.requestsPerSecond() >= layout.allocation().requestsPerSecond() * (1 - ROUNDING)) {
            return listed;
        }
        int[] asFound = IntStream.range(0, order.length)
                .boxed()
                .sorted(Comparator.comparingInt(i -> order[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        Allocation found = search.allocator.allocate(
                Arrays.stream(asFound).mapToObj(groups::get).toList(),
                Arrays.stream(asFound).mapToObj(gpus::get).toList());
        return found.requestsPerSecond() > listed.requestsPerSecond() ? found.moved(asFound) : listed;
    }

    /** Consecutive GPUs of each node, group by group. */
    private List<int[]> assignGpus(List<Group> groups) {
        int[] next = new int[cluster.nodeCount()];
        List<int[]> assigned = new ArrayList<>();
        for (Group group : groups) {
            int[] gpus = new int[group.set().size()];
            int rank = 0;
            for (int i = 0; i < group.set().positions(); i++) {
                int node = group.set().node(i);
                for (int c = 0; c < group.set().count(i); c++) {
                    gpus[rank++] = cluster.firstGpu(node) + next[node]++;
                }
            }
            assigned.add(gpus);
        }
        return assigned;
    }

    private static List<String> ids(List<Group> groups) {
        List<String> ids = new ArrayList<>();
        int[] next = new int[Phase.values().length];
        for (Group group : groups) {
            String letter = group.phase().name().substring(0, 1).toLowerCase(Locale.ROOT);
            ids.add(letter + next[group.phase().ordinal()]++);
        }
        return ids;
    }

    /** What a plan says, its flows being known. */
    private record Draft(
            Layout layout, List<ServingGroup> groups, List<Route> routes, List<String> ids, List<String> warnings) {}

    private ServingPlan plan(Draft draft, Allocation allocation, UpperBound proven) {
        List<ServingGroup> groups = draft.groups;
        double rate = allocation.requestsPerSecond();
        ServingPlan.Throughput throughput = parts.throughput(rate);
        ServingPlan.Cost cost = parts.cost(groups, throughput);
        double bound = Math.max(proven.requestsPerSecond(), rate);
        return new ServingPlan(
                generator(),
                PlanParts.inputs(problem, search.request.costModel().id()),
                groups,
                draft.routes,
                throughput,
                new ServingPlan.Certificate(
                        bound,
                        1 - rate / bound,
                        proven.covers(),
                        parts.minCut(allocation, draft.ids),
                        cheapest(draft.layout, cost.usdPerHour())),
                parts.unused(groups),
                cost,
                search.alternativesTo(draft.layout),
                new ServingPlan.Termination(search.budget.reason(), search.budget.limit(), search.budget.evaluations()),
                draft.warnings);
    }

    private ServingPlan.@Nullable LeastCost cheapest(Layout layout, double usdPerHour) {
        if (search.request.options().objective() != Objective.COST) {
            return null;
        }
        double least = Math.min(search.leastUsdPerHour(layout), usdPerHour);
        return new ServingPlan.LeastCost(least, usdPerHour > 0 ? 1 - least / usdPerHour : 0);
    }

    private ServingPlan.Generator generator() {
        var options = search.request.options();
        return new ServingPlan.Generator(
                VERSION,
                strategy.equals("partiflow") ? options.partitioner() : strategy,
                options.flow(),
                options.refinement().name().toLowerCase(Locale.ROOT),
                options.objective().name(),
                options.seed());
    }
}
