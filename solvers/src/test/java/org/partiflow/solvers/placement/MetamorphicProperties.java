package org.partiflow.solvers.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.partiflow.api.PlanningOptions;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.PlanningRequest;
import org.partiflow.api.ServingOptions;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.cluster.Fabric;
import org.partiflow.api.cluster.GpuType;
import org.partiflow.api.cluster.Link;
import org.partiflow.api.cluster.LinkKind;
import org.partiflow.api.cluster.Nic;
import org.partiflow.api.cluster.Node;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.cost.CostModel;
import org.partiflow.api.cost.KvProtocol;
import org.partiflow.api.cost.StageCost;
import org.partiflow.api.cost.StageHardware;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.result.PlanningResult;
import org.partiflow.api.unit.Bandwidth;
import org.partiflow.api.unit.DataSize;
import org.partiflow.testkit.Clusters;
import org.partiflow.testkit.Models;
import org.partiflow.testkit.Workloads;

/** What must happen to the best plan and to its bound when the problem changes. */
class MetamorphicProperties {
    private static final int TRIES = 25;
    /** Strategies within one per cent of the best rate are chosen by latency. */
    private static final double NEAR_TIE = 0.011;

    @Provide
    Arbitrary<Cluster> clusters() {
        return Clusters.any(5);
    }

    @Property(tries = TRIES, seed = "1", shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void moreOfAnythingNeverLowersTheOptimumOrTheBound(@ForAll("clusters") Cluster cluster) {
        Outcome before = best(cluster);
        Outcome gpu = best(nodes(
                cluster,
                node -> node(
                        node,
                        node.gpu(),
                        node.count() + (node.id().equals(cluster.node(0).id()) ? 1 : 0),
                        1)));
        Outcome memory = best(nodes(cluster, node -> node(node, withMemory(node.gpu(), 1.5), node.count(), 1)));
        Outcome bandwidth = best(nodes(cluster, node -> node(node, node.gpu(), node.count(), 4)));
        for (Outcome after : List.of(gpu, memory, bandwidth)) {
            assertThat(after.value).isGreaterThanOrEqualTo(before.value * (1 - NEAR_TIE));
            assertThat(after.bound).isGreaterThanOrEqualTo(before.value * (1 - NEAR_TIE));
        }
    }

    @Property(tries = TRIES, seed = "2", shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void namesDoNotMatter(@ForAll("clusters") Cluster cluster) {
        Cluster renamed = new Cluster(
                "other",
                cluster.nodes().stream()
                        .map(node -> new Node(
                                "host-" + node.id(),
                                node.gpu(),
                                node.count(),
                                node.zone(),
                                node.intraNode(),
                                node.nic(),
                                node.pricePerGpuHourUsd()))
                        .toList(),
                cluster.fabric(),
                List.of());
        Cluster unlinked = new Cluster(cluster.name(), cluster.nodes(), cluster.fabric(), List.of());
        assertThat(best(renamed)).isEqualTo(best(unlinked));
    }

    @Property(tries = TRIES, seed = "3", shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void ratesScaleWithTheSpeedOfTheHardware(@ForAll("clusters") Cluster cluster) {
        PlanningProblem problem = problem(wide(cluster));
        Outcome usual = best(problem, Planners.roofline(problem));
        Outcome slow = best(problem, new Slower(Planners.roofline(problem), 2));
        assertThat(2 * slow.value).isCloseTo(usual.value, within(1e-4 * usual.value));
        assertThat(2 * slow.bound).isCloseTo(usual.bound, within(NEAR_TIE * usual.bound));
    }

    @Property(tries = TRIES, seed = "4", shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void withoutLimitsOnLinksNothingIsLost(@ForAll("clusters") Cluster cluster) {
        // Not equality with a bound that knows of no transfer: memory for caches on their way stays reserved.
        Outcome narrow = best(cluster);
        Outcome wide = best(wide(cluster));
        assertThat(wide.value).isGreaterThanOrEqualTo(narrow.value * (1 - 1e-9));
        assertThat(wide.bound).isGreaterThanOrEqualTo(wide.value * (1 - 1e-9));
    }

    @Property(tries = TRIES, seed = "6", shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void withoutLimitsOnLinksTheOptimumIsThatWithoutTransfer(@ForAll("clusters") Cluster cluster) {
        // The bound is the best packing of groups, in which caches take neither time nor room on their way. A schedule
        // that
        // overlaps prefill reserves room from its start, whatever the bandwidth, so caches are sent all at once here.
        KvProtocol usual = ServingOptions.DEFAULT.kvProtocol();
        KvProtocol bulk = new KvProtocol(
                usual.nvlink(), usual.pcie(), usual.network(), KvProtocol.Schedule.BULK, usual.encoding());
        PlanningProblem problem = problem(wide(cluster)).withServing(ServingOptions.DEFAULT.withKvProtocol(bulk));
        Outcome outcome = best(problem, Planners.roofline(problem));
        assertThat(outcome.value).isCloseTo(outcome.bound, within(1e-6 * outcome.bound));
    }

    @Property(tries = TRIES, seed = "5", shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void zonesWithoutALinkArePlannedIndependently(@ForAll("clusters") Cluster cluster) {
        Cluster apart = new Cluster("apart", cluster.nodes(), new Fabric(Duration.ZERO, List.of()), List.of());
        double sum = 0;
        for (String zone : cluster.nodes().stream().map(Node::zone).distinct().toList()) {
            List<Node> inside = cluster.nodes().stream()
                    .filter(node -> node.zone().equals(zone))
                    .toList();
            sum += best(new Cluster(zone, inside, apart.fabric(), List.of())).value;
        }
        assertThat(best(apart).value).isCloseTo(sum, within(1e-6 * sum));
    }

    private record Outcome(double value, double bound) {}

    private static Outcome best(Cluster cluster) {
        PlanningProblem problem = problem(cluster);
        return best(problem, Planners.roofline(problem));
    }

    private static Outcome best(PlanningProblem problem, CostModel costModel) {
        PlanningResult result = Planners.named("exhaustive")
                .plan(new PlanningRequest(problem, costModel, PlanningOptions.DEFAULT, SolveControl.unlimited()));
        if (result instanceof PlanningResult.Planned planned) {
            ServingPlan plan = planned.plan();
            return new Outcome(
                    plan.throughput().requestsPerSecond(), plan.certificate().upperBoundRequestsPerSecond());
        }
        return new Outcome(0, 0);
    }

    private static PlanningProblem problem(Cluster cluster) {
        return PlanningProblem.of(cluster, Models.llama2_7b(), Workloads.hphd());
    }

    private static Cluster nodes(Cluster cluster, UnaryOperator<Node> change) {
        List<Node> changed = new ArrayList<>();
        cluster.nodes().forEach(node -> changed.add(change.apply(node)));
        return new Cluster(cluster.name(), changed, cluster.fabric(), cluster.links());
    }

    private static Node node(Node node, GpuType gpu, int count, double faster) {
        Link inside = node.intraNode();
        return new Node(
                node.id(),
                gpu,
                count,
                node.zone(),
                new Link(inside.kind(), times(inside.bandwidth(), faster), inside.latency()),
                new Nic(times(node.nic().bandwidth(), faster), node.nic().latency()),
                node.pricePerGpuHourUsd());
    }

    private static Bandwidth times(Bandwidth bandwidth, double factor) {
        return new Bandwidth(factor * bandwidth.bytesPerSecond());
    }

    private static GpuType withMemory(GpuType type, double factor) {
        return new GpuType(
                type.name(),
                new DataSize(Math.round(factor * type.memory().bytes())),
                type.memoryBandwidth(),
                type.fp16(),
                type.fp8(),
                type.pricePerHourUsd(),
                type.source());
    }

    /** One zone, links so wide and quick that nothing is ever waited for. */
    private static Cluster wide(Cluster cluster) {
        Bandwidth most = Bandwidth.ofGigabytesPerSecond(1e9);
        List<Node> changed = cluster.nodes().stream()
                .map(node -> new Node(
                        node.id(),
                        node.gpu(),
                        node.count(),
                        "z",
                        new Link(LinkKind.NVSWITCH, most, Duration.ZERO),
                        new Nic(most, Duration.ZERO),
                        node.pricePerGpuHourUsd()))
                .toList();
        return new Cluster("wide", changed, Fabric.NIC_ONLY, List.of());
    }

    /** Everything takes longer by a factor. */
    private record Slower(CostModel base, double factor) implements CostModel {
        @Override
        public String id() {
            return base.id() + " slower";
        }

        @Override
        public StageCost stage(StageHardware hardware) {
            StageCost usual = base.stage(hardware);
            return (first, layers, load) -> factor * usual.stepSeconds(first, layers, load);
        }

        @Override
        public double hopSeconds(Link link, double tokens) {
            return factor * base.hopSeconds(link, tokens);
        }
    }
}
