package org.partiflow.solvers.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.cost.GroupEvaluator;
import org.partiflow.api.cost.GroupPerformance;
import org.partiflow.api.cost.KvTraffic;
import org.partiflow.api.plan.PlannedServing;
import org.partiflow.api.plan.Route;
import org.partiflow.api.plan.ServingGroup;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.plan.Stage;
import org.partiflow.api.workload.LengthMoments;

/**
 * What plans are made of, computed from the definitions: from groups on their GPUs and the flow through them. Stateless beside
 * its tables.
 */
public final class PlanParts {
    private final PlanningProblem problem;
    private final Cluster cluster;
    private final GroupEvaluator evaluator;
    private final RouteTable routes;

    /** Parts of plans for {@code problem}. */
    public PlanParts(PlanningProblem problem, GroupEvaluator evaluator, RouteTable routes) {
        this.problem = problem;
        this.evaluator = evaluator;
        this.routes = routes;
        cluster = problem.cluster();
    }

    /** What a plan for this problem was made for. */
    public static ServingPlan.Inputs inputs(PlanningProblem problem, String costModel) {
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

    /**
     * A group.
     *
     * @param gpus its GPUs in stage order
     * @param flow requests per second through it
     */
    public ServingGroup group(String id, Group group, int[] gpus, double flow) {
        List<KvTraffic.Holder> holders = group.strategy().stages(gpus);
        int batch = group.strategy().batch();
        GroupPerformance performance = evaluator.evaluate(group.phase(), holders, batch);
        List<Stage> stages = holders.stream()
                .map(holder -> new Stage(
                        Arrays.stream(holder.gpus()).mapToObj(cluster::gpuName).toList(),
                        holder.firstLayer(),
                        holder.firstLayer() + holder.layers() - 1))
                .toList();
        return new ServingGroup(
                id,
                group.phase(),
                stages,
                batch,
                performance.capacityRequestsPerSecond(),
                flow,
                performance.latencySeconds(),
                performance.weightBytesPerGpu(),
                performance.kvCapacityTokens());
    }

    /** The routes that carry something. */
    public List<Route> routes(List<Group> groups, List<int[]> gpus, List<String> ids, Allocation allocation) {
        List<Route> list = new ArrayList<>();
        for (Allocation.RouteFlow flow : allocation.flows()) {
            int from = flow.from();
            int to = flow.to();
            KvRoute route = routes.route(groups.get(from), gpus.get(from), groups.get(to), gpus.get(to), true);
            list.add(new Route(
                    ids.get(from),
                    ids.get(to),
                    flow.requestsPerSecond(),
                    route.requestsPerSecond(),
                    flow.requestsPerSecond() / allocation.groupFlow()[from],
                    route.protocol()));
        }
        return list;
    }

    /** Ids of the groups, routes and shared links in the bottleneck. */
    public List<String> minCut(Allocation allocation, List<String> ids) {
        List<String> cut = new ArrayList<>();
        allocation.tightGroups().forEach(g -> cut.add(ids.get(g)));
        allocation.tightRoutes().forEach(r -> cut.add(ids.get(r.from()) + "->" + ids.get(r.to())));
        allocation
                .tightLinks()
                .forEach(link -> cut.add("link:" + routes.shared().id(link)));
        return cut;
    }

    /** Steady rates at so many requests per second. */
    public ServingPlan.Throughput throughput(double requestsPerSecond) {
        LengthMoments lengths = evaluator.lengths();
        return new ServingPlan.Throughput(
                requestsPerSecond,
                requestsPerSecond * lengths.output(),
                requestsPerSecond * (lengths.prompt() + lengths.output()));
    }

    /** Price of the groups' GPUs, and per million output tokens. */
    public ServingPlan.Cost cost(List<ServingGroup> groups, ServingPlan.Throughput throughput) {
        double perHour = 0;
        boolean[] used = used(groups);
        for (int gpu = 0; gpu < used.length; gpu++) {
            perHour += used[gpu] ? cluster.node(cluster.nodeOf(gpu)).pricePerGpuHourUsd() : 0;
        }
        double tokens = throughput.outputTokensPerSecond();
        return new ServingPlan.Cost(perHour, tokens > 0 ? perHour / 3600 / tokens * 1e6 : 0);
    }

    /** Names of the GPUs that are in no group, in the order of the cluster. */
    public List<String> unused(List<ServingGroup> groups) {
        boolean[] used = used(groups);
        List<String> unused = new ArrayList<>();
        for (int gpu = 0; gpu < used.length; gpu++) {
            if (!used[gpu]) {
                unused.add(cluster.gpuName(gpu));
            }
        }
        return unused;
    }

    private boolean[] used(List<ServingGroup> groups) {
        boolean[] used = new boolean[cluster.gpuCount()];
        for (ServingGroup group : groups) {
            for (Stage stage : group.stages()) {
                stage.gpus().forEach(gpu -> used[cluster.findGpu(gpu).orElseThrow()] = true);
            }
        }
        return used;
    }
}
