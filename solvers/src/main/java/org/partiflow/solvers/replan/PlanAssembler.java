package org.partiflow.solvers.replan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.cost.GroupPerformance;
import org.partiflow.api.cost.KvTraffic;
import org.partiflow.api.plan.PlannedServing;
import org.partiflow.api.plan.Route;
import org.partiflow.api.plan.ServingGroup;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.plan.Stage;
import org.partiflow.api.workload.LengthMoments;
import org.partiflow.solvers.bound.ComputeBound;
import org.partiflow.solvers.bound.UpperBound;
import org.partiflow.solvers.network.Allocation;
import org.partiflow.solvers.network.KvRoute;

/** Turns placed groups into a plan. Groups of the old plan keep their ids; others get the next that is free. */
final class PlanAssembler {
    private final ReplanRequest request;
    private final Tables tables;
    private final PlanningProblem problem;
    private final Cluster cluster;

    PlanAssembler(ReplanRequest request, Tables tables) {
        this.request = request;
        this.tables = tables;
        problem = request.problem();
        cluster = problem.cluster();
    }

    /** The plan of these groups, flows and figures computed from the definitions; new groups without flow left out. */
    ServingPlan plan(List<Placed> placed, UpperBound proven, List<String> warnings) {
        Valued all = tables.exact(ordered(placed));
        List<Placed> kept = new ArrayList<>();
        for (int g = 0; g < all.groups().size(); g++) {
            Placed one = all.groups().get(g);
            if (one.isOriginal() || all.allocation().groupFlow()[g] > 0) {
                kept.add(one);
            }
        }
        Valued valued = kept.size() == placed.size() ? all : tables.exact(kept);
        Allocation allocation = valued.allocation();
        List<String> ids = ids(valued.groups());
        List<ServingGroup> groups = new ArrayList<>();
        for (int g = 0; g < ids.size(); g++) {
            groups.add(group(ids.get(g), valued.groups().get(g), allocation.groupFlow()[g]));
        }
        LengthMoments lengths = tables.evaluator.lengths();
        double rate = allocation.requestsPerSecond();
        double outputTokens = rate * lengths.output();
        double bound = Math.max(proven.requestsPerSecond(), rate);
        double perHour = pricePerHour(groups);
        return new ServingPlan(
                generator(),
                inputs(problem, request.costModel().id()),
                groups,
                routes(valued, ids),
                new ServingPlan.Throughput(rate, outputTokens, rate * (lengths.prompt() + lengths.output())),
                new ServingPlan.Certificate(
                        bound, bound > 0 ? 1 - rate / bound : 0, proven.covers(), minCut(allocation, ids)),
                unused(groups),
                new ServingPlan.Cost(perHour, outputTokens > 0 ? perHour / 3600 / outputTokens * 1e6 : 0),
                List.of(),
                new ServingPlan.Termination(tables.budget.reason(), tables.budget.limit(), tables.budget.evaluations()),
                warnings);
    }

    /** The bound that costs nothing to compute. */
    UpperBound quickBound() {
        return ComputeBound.of(problem, request.costModel());
    }

    /** What a plan for this problem was made for. */
    static ServingPlan.Inputs inputs(PlanningProblem problem, String costModel) {
        return new ServingPlan.Inputs(
                new ServingPlan.Input(
                        problem.cluster().name(), problem.provenance().clusterSha256()),
                new ServingPlan.Input(
                        problem.model().name(), problem.provenance().modelSha256()),
                new ServingPlan.Input(
                        problem.workload().name(), problem.provenance().workloadSha256()),
                costModel,
                PlannedServing.of(problem));
    }

    private ServingPlan.Generator generator() {
        ServingPlan.Generator before = request.plan().generator();
        return new ServingPlan.Generator(
                before.version(),
                "replan",
                tables.options.flow(),
                tables.options.refinement().name().toLowerCase(Locale.ROOT),
                tables.options.objective().name(),
                tables.options.seed());
    }

    /** By phase; groups of the old plan first, in its order. */
    private List<Placed> ordered(List<Placed> placed) {
        List<String> old =
                request.plan().groups().stream().map(ServingGroup::id).toList();
        return placed.stream()
                .sorted(Comparator.comparing((Placed one) -> one.group().phase())
                        .thenComparing(one -> !one.isOriginal())
                        .thenComparing(one -> old.indexOf(one.id()))
                        .thenComparing(one -> one.group().number()))
                .toList();
    }

    private List<String> ids(List<Placed> placed) {
        Set<String> taken = new HashSet<>();
        request.plan().groups().forEach(group -> taken.add(group.id()));
        List<String> ids = new ArrayList<>();
        for (Placed one : placed) {
            String id = one.id();
            String letter = one.group().phase().name().substring(0, 1).toLowerCase(Locale.ROOT);
            for (int i = 0; id.isEmpty(); i++) {
                id = taken.add(letter + i) ? letter + i : "";
            }
            ids.add(id);
        }
        return ids;
    }

    private ServingGroup group(String id, Placed placed, double flow) {
        List<KvTraffic.Holder> holders = placed.group().strategy().stages(placed.gpus());
        int batch = placed.group().strategy().batch();
        GroupPerformance performance = tables.evaluator.evaluate(placed.group().phase(), holders, batch);
        List<Stage> stages = holders.stream()
                .map(holder -> new Stage(
                        Arrays.stream(holder.gpus()).mapToObj(cluster::gpuName).toList(),
                        holder.firstLayer(),
                        holder.firstLayer() + holder.layers() - 1))
                .toList();
        return new ServingGroup(
                id,
                placed.group().phase(),
                stages,
                batch,
                performance.capacityRequestsPerSecond(),
                flow,
                performance.latencySeconds(),
                performance.weightBytesPerGpu(),
                performance.kvCapacityTokens());
    }

    private List<Route> routes(Valued valued, List<String> ids) {
        List<Route> routes = new ArrayList<>();
        for (Allocation.RouteFlow flow : valued.allocation().flows()) {
            Placed from = valued.groups().get(flow.from());
            Placed to = valued.groups().get(flow.to());
            KvRoute route = tables.routes.route(from.group(), from.gpus(), to.group(), to.gpus(), true);
            routes.add(new Route(
                    ids.get(flow.from()),
                    ids.get(flow.to()),
                    flow.requestsPerSecond(),
                    route.requestsPerSecond(),
                    flow.requestsPerSecond() / valued.allocation().groupFlow()[flow.from()],
                    route.protocol()));
        }
        return routes;
    }

    private List<String> minCut(Allocation allocation, List<String> ids) {
        List<String> cut = new ArrayList<>();
        allocation.tightGroups().forEach(g -> cut.add(ids.get(g)));
        allocation.tightRoutes().forEach(r -> cut.add(ids.get(r.from()) + "->" + ids.get(r.to())));
        allocation
                .tightLinks()
                .forEach(link -> cut.add("link:" + tables.routes.shared().id(link)));
        return cut;
    }

    private double pricePerHour(List<ServingGroup> groups) {
        double sum = 0;
        for (String gpu : gpus(groups)) {
            int node = cluster.nodeOf(cluster.findGpu(gpu).orElseThrow());
            sum += cluster.node(node).pricePerGpuHourUsd();
        }
        return sum;
    }

    private List<String> unused(List<ServingGroup> groups) {
        Set<String> used = new HashSet<>(gpus(groups));
        List<String> unused = new ArrayList<>();
        for (int gpu = 0; gpu < cluster.gpuCount(); gpu++) {
            if (!used.contains(cluster.gpuName(gpu))) {
                unused.add(cluster.gpuName(gpu));
            }
        }
        return unused;
    }

    private static List<String> gpus(List<ServingGroup> groups) {
        return groups.stream()
                .flatMap(group -> group.stages().stream())
                .flatMap(stage -> stage.gpus().stream())
                .toList();
    }
}
