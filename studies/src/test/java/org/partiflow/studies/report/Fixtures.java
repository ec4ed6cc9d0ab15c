package org.partiflow.studies.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.cluster.Fabric;
import org.partiflow.api.cluster.GpuType;
import org.partiflow.api.cluster.Link;
import org.partiflow.api.cluster.LinkKind;
import org.partiflow.api.cluster.Nic;
import org.partiflow.api.cluster.Node;
import org.partiflow.api.model.Attention;
import org.partiflow.api.model.FeedForward;
import org.partiflow.api.model.Precision;
import org.partiflow.api.model.TransformerModel;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.plan.Route;
import org.partiflow.api.plan.ServingGroup;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.plan.Stage;
import org.partiflow.api.report.SimulationReport;
import org.partiflow.api.unit.Bandwidth;
import org.partiflow.api.unit.ComputeRate;
import org.partiflow.api.unit.DataSize;
import org.partiflow.api.workload.Workload;

/** A plan made by hand: its figures are made up and only there to be drawn. */
final class Fixtures {
    private Fixtures() {}

    static PlanReport report() {
        return new PlanReport(problem(), plan(), Optional.of(run()));
    }

    static PlanningProblem problem() {
        List<Node> nodes = List.of(
                node("h0", "H100-SXM-80GB", 2, "z0", LinkKind.NVSWITCH, 450),
                node("a0", "A100-PCIe-80GB", 4, "z0", LinkKind.PCIE, 32),
                node("a1", "A100-PCIe-80GB", 2, "z0", LinkKind.PCIE, 32),
                node("l0", "L40", 4, "z1 <west>", LinkKind.PCIE, 32),
                node("x0", "A6000", 8, "z1 <west>", LinkKind.PCIE, 32));
        Cluster cluster = new Cluster("mixed-20 & more", nodes, Fabric.NIC_ONLY, List.of());
        TransformerModel model = new TransformerModel(
                "llama-2-70b",
                80,
                8192,
                new Attention(64, 8, 128, null),
                new FeedForward(28672, true, null),
                32000,
                false,
                4096,
                Precision.FP16,
                Precision.FP16);
        return PlanningProblem.of(cluster, model, Workload.fixed("HPLD", 2606, 72));
    }

    static ServingPlan plan() {
        List<ServingGroup> groups = List.of(
                group("p0", Phase.PREFILL, 1.42, 1.40, stage("h0", 0, 2, 0, 79)),
                group("p1", Phase.PREFILL, 0.95, 0.71, stage("l0", 0, 4, 0, 79)),
                group("d0", Phase.DECODE, 1.30, 1.30, stage("a0", 0, 4, 0, 79)),
                group("d1", Phase.DECODE, 0.82, 0.81, stage("a1", 0, 2, 0, 43), stage("x0", 0, 2, 44, 79)),
                group("c0", Phase.COLOCATED, 0.31, 0.31, stage("x0", 2, 4, 0, 79)));
        List<Route> routes = List.of(
                new Route("p0", "d0", 0.90, 4.1, 0.643, "rdma-gdr/per-layer/as-stored"),
                new Route("p0", "d1", 0.50, 4.1, 0.357, "rdma-gdr/per-layer/as-stored"),
                new Route("p1", "d0", 0.40, 4.1, 0.563, "rdma-gdr/per-layer/as-stored"),
                new Route("p1", "d1", 0.31, 4.1, 0.437, "rdma-gdr/per-layer/as-stored"));
        return new ServingPlan(
                new ServingPlan.Generator("0.1.0", "spectral-kl", "push-relabel", "guided", "THROUGHPUT", 42),
                new ServingPlan.Inputs(
                        new ServingPlan.Input("mixed-20", "0".repeat(64)),
                        new ServingPlan.Input("llama-2-70b", "1".repeat(64)),
                        new ServingPlan.Input("HPLD", ""),
                        "roofline-1"),
                groups,
                routes,
                new ServingPlan.Throughput(2.42, 174.2, 6480.9),
                new ServingPlan.Certificate(2.58, 0.062, "patterns", List.of("d0", "d1", "c0")),
                List.of("x0/6", "x0/7"),
                new ServingPlan.Cost(26.52, 42.28),
                List.of(
                        new ServingPlan.Alternative("colocated", 1.93),
                        new ServingPlan.Alternative("hexgen2", 2.31),
                        new ServingPlan.Alternative("distserve", 1.52)),
                new ServingPlan.Termination("CONVERGED", null, 1234),
                List.of("x0: two GPUs are left over & not used"));
    }

    static SimulatedRun run() {
        SimulationReport.Summary ttft = new SimulationReport.Summary(0.9, 0.8, 1.5, 1.8, 2.4);
        SimulationReport.Summary tpot = new SimulationReport.Summary(0.06, 0.058, 0.07, 0.075, 0.09);
        SimulationReport.Summary e2e = new SimulationReport.Summary(5.2, 5, 7.1, 7.9, 9.4);
        SimulationReport.Summary kv = new SimulationReport.Summary(0.2, 0.19, 0.24, 0.26, 0.31);
        SimulationReport report = new SimulationReport(
                new SimulationReport.Requests(1000, 985, 0, 15),
                new SimulationReport.Throughput(1.81, 130.4, 4850, 6.52),
                new SimulationReport.Latency(ttft, tpot, e2e, kv, kv),
                Optional.of(new SimulationReport.Slo(2, 0.15, 0.954)),
                Optional.empty(),
                List.of(
                        new SimulationReport.GroupUse("p0", 0.74, 1.3, 0.4),
                        new SimulationReport.GroupUse("d0", 0.7, 14.1, 0.62)),
                List.of(new SimulationReport.LinkUse("h0/nic-out", 0.31)));
        return new SimulatedRun(
                "75 % of the planned throughput",
                1.81,
                report,
                List.of(
                        curve("TTFT", "arrival to first token, queueing included", 0.35, 0.5, OptionalDouble.of(2)),
                        curve("TPOT", "mean time per further token", 0.04, 0.014, OptionalDouble.of(0.15)),
                        curve("E2E", "arrival to last token", 3.1, 1.6, OptionalDouble.empty())),
                Optional.empty());
    }

    private static LatencyCurve curve(String name, String meaning, double base, double spread, OptionalDouble target) {
        List<Double> quantiles = new ArrayList<>();
        for (int i = 0; i <= 200; i++) {
            quantiles.add(base - spread * Math.log(1 - Math.min(i, 199.6) / 200.0));
        }
        return new LatencyCurve(name, meaning, quantiles, target);
    }

    private static Node node(String id, String gpu, int count, String zone, LinkKind kind, double gigabytesPerSecond) {
        GpuType type = new GpuType(
                gpu,
                DataSize.ofGigabytes(80),
                Bandwidth.ofGigabytesPerSecond(2000),
                ComputeRate.ofTeraflops(312),
                ComputeRate.ofTeraflops(0),
                1,
                "made up");
        Link link = new Link(kind, Bandwidth.ofGigabytesPerSecond(gigabytesPerSecond), Duration.ofNanos(5000));
        Nic nic = new Nic(Bandwidth.ofGigabitsPerSecond(40), Duration.ofNanos(10_000));
        return new Node(id, type, count, zone, link, nic, 1);
    }

    private static Stage stage(String node, int first, int count, int firstLayer, int lastLayer) {
        List<String> gpus = IntStream.range(first, first + count)
                .mapToObj(i -> node + "/" + i)
                .toList();
        return new Stage(gpus, firstLayer, lastLayer);
    }

    private static ServingGroup group(String id, Phase phase, double capacity, double flow, Stage... stages) {
        return new ServingGroup(id, phase, List.of(stages), 8, capacity, flow, 0.41, List.of(), 120_000);
    }
}
