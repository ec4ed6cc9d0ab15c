package org.partiflow.solvers.checkers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.cluster.Fabric;
import org.partiflow.api.cluster.GpuType;
import org.partiflow.api.cluster.Link;
import org.partiflow.api.cluster.Nic;
import org.partiflow.api.cluster.Node;
import org.partiflow.api.cluster.SharedLinks;
import org.partiflow.api.cost.CostModel;
import org.partiflow.api.cost.GroupEvaluator;
import org.partiflow.api.cost.GroupPerformance;
import org.partiflow.api.cost.KvProtocol;
import org.partiflow.api.cost.KvTraffic;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.plan.Route;
import org.partiflow.api.plan.ServingGroup;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.plan.Stage;
import org.partiflow.api.spi.CostModelFactory;
import org.partiflow.api.spi.Strategies;
import org.partiflow.api.unit.Bandwidth;
import org.partiflow.api.workload.LengthMoments;
import org.partiflow.testkit.Clusters;
import org.partiflow.testkit.Models;
import org.partiflow.testkit.Workloads;

/** A valid plan made by hand: one prefill group, two decode groups, a colocated one and an idle GPU. */
final class HandmadePlan {
    /** Requests/s of the two routes and of the colocated group. */
    static final double[] FLOWS = {0.1, 0.05, 0.02};

    private static final Link PCIE = Clusters.mixed20().node(1).intraNode();

    final PlanningProblem problem;
    final CostModel costs;
    final ServingPlan plan;
    private final GroupEvaluator evaluator;

    HandmadePlan() {
        Cluster cluster = new Cluster(
                "handmade",
                List.of(node("a", Clusters.A100_PCIE, 2), node("x", Clusters.A6000, 4), node("l", Clusters.L40, 2)),
                Fabric.NIC_ONLY,
                List.of());
        problem = PlanningProblem.of(cluster, Models.llama2_7b(), Workloads.hphd());
        costs = Strategies.named(CostModelFactory.class, "roofline").create(problem);
        evaluator = new GroupEvaluator(problem, costs);
        List<ServingGroup> groups = List.of(
                group("p0", Phase.PREFILL, 2, FLOWS[0] + FLOWS[1], new Stage(List.of("a/0", "a/1"), 0, 31)),
                group(
                        "d0",
                        Phase.DECODE,
                        8,
                        FLOWS[0],
                        new Stage(List.of("x/0"), 0, 19),
                        new Stage(List.of("x/1"), 20, 31)),
                group("d1", Phase.DECODE, 4, FLOWS[1], new Stage(List.of("x/2", "x/3"), 0, 31)),
                group("c0", Phase.COLOCATED, 4, FLOWS[2], new Stage(List.of("l/0"), 0, 31)));
        List<Route> routes =
                List.of(route(groups.get(0), groups.get(1), FLOWS[0]), route(groups.get(0), groups.get(2), FLOWS[1]));
        double requests = FLOWS[0] + FLOWS[1] + FLOWS[2];
        LengthMoments lengths = problem.workload().moments();
        double usd = 2 * Clusters.A100_PCIE.pricePerHourUsd()
                + 4 * Clusters.A6000.pricePerHourUsd()
                + Clusters.L40.pricePerHourUsd();
        plan = new ServingPlan(
                new ServingPlan.Generator("0", "hand", "hand", "none", "THROUGHPUT", 0),
                new ServingPlan.Inputs(input("handmade"), input("llama-2-7b"), input("hphd"), "roofline"),
                groups,
                routes,
                new ServingPlan.Throughput(
                        requests, requests * lengths.output(), requests * (lengths.prompt() + lengths.output())),
                new ServingPlan.Certificate(2 * requests, 0.5, "compute", List.of("p0", "p0->d0", "link:z", "p0->d9")),
                List.of("l/1"),
                new ServingPlan.Cost(usd, usd / 3600 / (requests * lengths.output()) * 1e6),
                List.of(),
                new ServingPlan.Termination("CONVERGED", null, 1),
                List.of());
    }

    /** A network slow enough that the caches of three such plans do not fit. */
    private static Node node(String id, GpuType gpu, int count) {
        Nic nic = new Nic(Bandwidth.ofGigabitsPerSecond(2), Duration.ofNanos(10_000));
        return new Node(id, gpu, count, "z", PCIE, nic, gpu.pricePerHourUsd());
    }

    private static ServingPlan.Input input(String name) {
        return new ServingPlan.Input(name, "");
    }

    /** Another valid plan for the same problem: one colocated group on the GPU that {@link #plan} leaves idle. */
    ServingPlan onTheIdleGpu() {
        double requests = FLOWS[2];
        LengthMoments lengths = problem.workload().moments();
        double usd = Clusters.L40.pricePerHourUsd();
        return new ServingPlan(
                plan.generator(),
                plan.inputs(),
                List.of(group("c0", Phase.COLOCATED, 4, requests, new Stage(List.of("l/1"), 0, 31))),
                List.of(),
                new ServingPlan.Throughput(
                        requests, requests * lengths.output(), requests * (lengths.prompt() + lengths.output())),
                new ServingPlan.Certificate(2 * requests, 0.5, "compute", List.of("c0")),
                List.of("a/0", "a/1", "x/0", "x/1", "x/2", "x/3", "l/0"),
                new ServingPlan.Cost(usd, usd / 3600 / (requests * lengths.output()) * 1e6),
                List.of(),
                plan.termination(),
                List.of());
    }

    /** A group whose numbers are those of the cost model. */
    ServingGroup group(String id, Phase phase, int batch, double flow, Stage... stages) {
        GroupPerformance performance = evaluator.evaluate(phase, holders(List.of(stages)), batch);
        return new ServingGroup(
                id,
                phase,
                List.of(stages),
                batch,
                performance.capacityRequestsPerSecond(),
                flow,
                performance.latencySeconds(),
                List.copyOf(new ArrayList<Double>(performance.weightBytesPerGpu())),
                performance.kvCapacityTokens());
    }

    /** A route whose capacity and protocol follow from the links. */
    Route route(ServingGroup from, ServingGroup to, double flow) {
        SharedLinks shared = new SharedLinks(problem.cluster());
        KvProtocol protocol = problem.serving().kvProtocol();
        KvTraffic traffic =
                KvTraffic.between(problem.model(), protocol, shared, holders(from.stages()), holders(to.stages()));
        double prompt = problem.workload().moments().prompt();
        return new Route(
                from.id(),
                to.id(),
                flow,
                traffic.capacityRequestsPerSecond(shared, protocol, prompt),
                flow / from.flowRequestsPerSecond(),
                protocol.nameOn(traffic.kind(shared), problem.model().kv()));
    }

    /** Requests/s that the links between two groups carry at most. */
    double capacity(int from, int to) {
        return route(plan.groups().get(from), plan.groups().get(to), 1).capacityRequestsPerSecond();
    }

    /** Most sequences that a group may have in flight. */
    int maxBatch(int group) {
        ServingGroup found = plan.groups().get(group);
        return evaluator.maxBatch(found.phase(), found.stages().size());
    }

    private List<KvTraffic.Holder> holders(List<Stage> stages) {
        return stages.stream()
                .map(stage -> new KvTraffic.Holder(
                        stage.gpus().stream()
                                .mapToInt(gpu -> problem.cluster().findGpu(gpu).orElseThrow())
                                .toArray(),
                        stage.firstLayer(),
                        stage.layers()))
                .toList();
    }
}
