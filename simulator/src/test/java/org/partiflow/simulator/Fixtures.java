package org.partiflow.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.Provenance;
import org.partiflow.api.ServingOptions;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.cluster.Fabric;
import org.partiflow.api.cluster.GpuType;
import org.partiflow.api.cluster.Link;
import org.partiflow.api.cluster.LinkKind;
import org.partiflow.api.cluster.Nic;
import org.partiflow.api.cluster.Node;
import org.partiflow.api.cost.KvProtocol;
import org.partiflow.api.model.Attention;
import org.partiflow.api.model.FeedForward;
import org.partiflow.api.model.Precision;
import org.partiflow.api.model.TransformerModel;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.plan.Route;
import org.partiflow.api.plan.ServingGroup;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.plan.Stage;
import org.partiflow.api.unit.Bandwidth;
import org.partiflow.api.unit.ComputeRate;
import org.partiflow.api.unit.DataSize;
import org.partiflow.api.workload.Arrivals;
import org.partiflow.api.workload.FixedLengths;
import org.partiflow.api.workload.RequestClass;
import org.partiflow.api.workload.SloTarget;
import org.partiflow.api.workload.Workload;

/** Small clusters, models and plans. Nodes n0, n1, ... with four GPUs each and a NIC of 10 GB/s. */
final class Fixtures {
    static final int LAYERS = 4;
    static final TransformerModel MODEL = new TransformerModel(
            "tiny",
            LAYERS,
            1024,
            new Attention(8, 8, 128, null),
            new FeedForward(4096, true, null),
            32_000,
            false,
            1 << 20,
            Precision.FP16,
            Precision.FP16);

    private Fixtures() {}

    static Cluster cluster(int nodes) {
        GpuType gpu = new GpuType(
                "G",
                DataSize.ofGigabytes(80),
                Bandwidth.ofGigabytesPerSecond(2000),
                ComputeRate.ofTeraflops(300),
                new ComputeRate(0),
                1,
                "test");
        Link nvlink = new Link(LinkKind.NVLINK, Bandwidth.ofGigabytesPerSecond(300), Duration.ZERO);
        Nic nic = new Nic(Bandwidth.ofGigabytesPerSecond(10), Duration.ZERO);
        List<Node> list = new ArrayList<>();
        for (int i = 0; i < nodes; i++) {
            list.add(new Node("n" + i, gpu, 4, "z", nvlink, nic, 1));
        }
        return new Cluster("test", list, Fabric.NIC_ONLY, List.of());
    }

    static PlanningProblem problem(Workload workload, KvProtocol.Schedule schedule, int maxBatchedTokens) {
        KvProtocol base = KvProtocol.DEFAULT;
        KvProtocol protocol =
                new KvProtocol(base.nvlink(), base.pcie(), base.network(), schedule, KvProtocol.Encoding.AS_STORED);
        return new PlanningProblem(
                cluster(4),
                MODEL,
                workload,
                new ServingOptions(0.9, maxBatchedTokens, 256, protocol),
                Provenance.IN_CODE);
    }

    static PlanningProblem problem(Workload workload) {
        return problem(workload, KvProtocol.Schedule.BULK, 8192);
    }

    static Workload workload(int prompt, int output, Arrivals arrivals) {
        return new Workload(
                "w",
                List.of(new RequestClass("c", 1, new FixedLengths(prompt, output))),
                arrivals,
                Optional.of(new SloTarget(1, 0.05, 0.9)));
    }

    static Arrivals at(Double... times) {
        return new Arrivals(Arrivals.Process.TRACE, 1, 1, List.of(times));
    }

    /** A group with one GPU per stage, the layers shared evenly. */
    static ServingGroup group(String id, Phase phase, int batch, long kvTokens, String... gpus) {
        List<Stage> stages = new ArrayList<>();
        int each = LAYERS / gpus.length;
        for (int i = 0; i < gpus.length; i++) {
            stages.add(new Stage(List.of(gpus[i]), i * each, (i + 1) * each - 1));
        }
        return new ServingGroup(id, phase, stages, batch, 1, 1, 1, List.of(), kvTokens);
    }

    static Route route(String from, String to, double share) {
        return new Route(from, to, share, share, share, "test");
    }

    static ServingPlan plan(double rate, List<ServingGroup> groups, List<Route> routes) {
        ServingPlan.Input input = new ServingPlan.Input("x", "");
        return new ServingPlan(
                new ServingPlan.Generator("t", "t", "t", "t", "THROUGHPUT", 1),
                new ServingPlan.Inputs(input, input, input, "analytic"),
                groups,
                routes,
                new ServingPlan.Throughput(rate, rate, rate),
                new ServingPlan.Certificate(rate, 0, "", List.of()),
                List.of(),
                new ServingPlan.Cost(1, 1),
                List.of(),
                new ServingPlan.Termination("CONVERGED", null, 0),
                List.of());
    }

    /** One prefill and one decode group on different nodes. */
    static ServingPlan disaggregated(int prefillBatch, int decodeBatch, long prefillKv, long decodeKv) {
        return plan(
                1,
                List.of(
                        group("p0", Phase.PREFILL, prefillBatch, prefillKv, "n0/0", "n0/1"),
                        group("d0", Phase.DECODE, decodeBatch, decodeKv, "n1/0", "n1/1")),
                List.of(route("p0", "d0", 1)));
    }

    static ServingPlan single(Phase phase, int batch, long kvTokens) {
        return plan(1, List.of(group(phase == Phase.PREFILL ? "p0" : "c0", phase, batch, kvTokens, "n0/0")), List.of());
    }

    static SimulationOptions requests(int count) {
        return SimulationOptions.DEFAULT.withExtent(Extent.ofRequests(count)).withWarmUpShare(0);
    }

    static SimulationResult run(PlanningProblem problem, ServingPlan plan, SimulationOptions options) {
        return new Simulator().run(SimulationRequest.of(problem, AnalyticCosts.DEFAULT, plan, options));
    }
}
