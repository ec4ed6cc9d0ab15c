package org.partiflow.interop.exports;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.cluster.Fabric;
import org.partiflow.api.cluster.Link;
import org.partiflow.api.cluster.LinkKind;
import org.partiflow.api.cluster.Nic;
import org.partiflow.api.cluster.Node;
import org.partiflow.api.model.TransformerModel;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.plan.Route;
import org.partiflow.api.plan.ServingGroup;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.plan.Stage;
import org.partiflow.api.unit.Bandwidth;
import org.partiflow.api.workload.Workload;
import org.partiflow.io.Catalogue;

/** Plans made by hand; their rates are invented. */
final class Plans {
    private static final TransformerModel MODEL =
            Catalogue.findModel("llama-2-7b").orElseThrow().value();
    private static final ExportSettings SETTINGS = new ExportSettings("meta-llama/Llama-2-7b-hf", "", "plan", 8100);

    private Plans() {}

    /** Two prefill, two decode (one over two nodes) and one colocated group, all of degree 4 where caches flow. */
    static ExportRequest deployable() {
        return deployable(16);
    }

    /** The same with the pipeline cut after so many layers. */
    static ExportRequest deployable(int cut) {
        return fixture(cut, List.of());
    }

    /** {@link #deployable()} with a decode and a colocated group to which nothing is sent; they share GPUs with others. */
    static ExportRequest withIdleGroups() {
        return fixture(
                16,
                List.of(
                        group("d2", Phase.DECODE, 32, 0, stage(0, 31, "l0", 0, 4)),
                        group("c1", Phase.COLOCATED, 16, 0, stage(0, 31, "c0", 0, 1))));
    }

    private static ExportRequest fixture(int cut, List<ServingGroup> idle) {
        Cluster cluster = new Cluster(
                "fixture",
                List.of(
                        node("h0", "H100-SXM-80GB", 8),
                        node("a0", "A100-PCIe-80GB", 4),
                        node("a1", "A100-PCIe-80GB", 4),
                        node("l0", "L40S", 4),
                        node("c0", "L40S", 1)),
                Fabric.NIC_ONLY,
                List.of());
        List<ServingGroup> groups = new ArrayList<>(List.of(
                group("p0", Phase.PREFILL, 4, 1.0, stage(0, 31, "h0", 0, 4)),
                group("p1", Phase.PREFILL, 2, 1.0, stage(0, 31, "l0", 0, 4)),
                group("d0", Phase.DECODE, 64, 1.0, stage(0, 31, "h0", 4, 4)),
                group("d1", Phase.DECODE, 32, 1.0, stage(0, cut - 1, "a0", 0, 4), stage(cut, 31, "a1", 0, 4)),
                group("c0", Phase.COLOCATED, 16, 1.0, stage(0, 31, "c0", 0, 1))));
        groups.addAll(idle);
        List<Route> routes = List.of(
                new Route("p0", "d0", 0.5, 9, 0.5, "rdma-gdr/per-layer/fp16"),
                new Route("p0", "d1", 0.5, 9, 0.5, "rdma-gdr/per-layer/fp16"),
                new Route("p1", "d0", 0.5, 9, 0.5, "rdma-gdr/per-layer/fp16"),
                new Route("p1", "d1", 0.5, 9, 0.5, "rdma-gdr/per-layer/fp16"));
        return request(cluster, groups, routes);
    }

    /** A plan that no engine takes: unequal degrees in a group, mixed GPUs, a cache in four bits. */
    static ExportRequest crooked() {
        Cluster cluster = new Cluster(
                "fixture", List.of(node("h0", "H100-SXM-80GB", 4), node("a0", "A40", 2)), Fabric.NIC_ONLY, List.of());
        List<ServingGroup> groups = List.of(
                group("p0", Phase.PREFILL, 4, 1.0, stage(0, 20, "h0", 0, 2), stage(21, 31, "a0", 0, 1)),
                group("d0", Phase.DECODE, 64, 1.0, stage(0, 31, "h0", 2, 2)));
        return request(cluster, groups, List.of(new Route("p0", "d0", 1, 9, 1, "rdma-gdr/bulk/int4")));
    }

    /** A colocated pipeline of two single GPUs. */
    static ExportRequest pipeline() {
        Cluster cluster = new Cluster(
                "fixture", List.of(node("h0", "L40S", 2), node("a0", "A40", 2)), Fabric.NIC_ONLY, List.of());
        return request(
                cluster,
                List.of(group("c0", Phase.COLOCATED, 8, 1.0, stage(0, 2, "a0", 0, 1), stage(3, 4, "h0", 1, 1))),
                List.of());
    }

    private static ExportRequest request(Cluster cluster, List<ServingGroup> groups, List<Route> routes) {
        ServingPlan.Input input = new ServingPlan.Input("fixture", "");
        ServingPlan plan = new ServingPlan(
                new ServingPlan.Generator("test", "by-hand", "none", "none", "THROUGHPUT", 0),
                new ServingPlan.Inputs(input, input, input, "none"),
                groups,
                routes,
                new ServingPlan.Throughput(3, 300, 1800),
                new ServingPlan.Certificate(3, 0, "nothing", List.of()),
                List.of(),
                new ServingPlan.Cost(1, 1),
                List.of(),
                new ServingPlan.Termination("CONVERGED", null, 0),
                List.of());
        return new ExportRequest(
                plan, PlanningProblem.of(cluster, MODEL, Workload.fixed("fixture", 512, 128)), SETTINGS);
    }

    private static ServingGroup group(String id, Phase phase, int batch, double flow, Stage... stages) {
        int gpus = List.of(stages).stream().mapToInt(Stage::degree).sum();
        List<Double> weights = Collections.nCopies(gpus, 1e9);
        return new ServingGroup(id, phase, List.of(stages), batch, flow, flow, 0.1, weights, 10_000);
    }

    private static Stage stage(int first, int last, String node, int gpu, int count) {
        return new Stage(
                IntStream.range(gpu, gpu + count).mapToObj(i -> node + "/" + i).toList(), first, last);
    }

    private static Node node(String id, String gpu, int count) {
        return new Node(
                id,
                Catalogue.findGpuType(gpu).orElseThrow(),
                count,
                "default",
                new Link(LinkKind.PCIE, Bandwidth.ofGigabytesPerSecond(32), Duration.ofNanos(8_000)),
                new Nic(Bandwidth.ofGigabitsPerSecond(100), Duration.ofNanos(10_000)),
                1);
    }
}
