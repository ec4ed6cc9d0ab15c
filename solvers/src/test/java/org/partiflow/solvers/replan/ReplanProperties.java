package org.partiflow.solvers.replan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.partiflow.api.PlanningOptions;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.PlanningRequest;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.cluster.Fabric;
import org.partiflow.api.cluster.Node;
import org.partiflow.api.cluster.NodeLink;
import org.partiflow.api.cluster.ZoneLink;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.model.TransformerModel;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.result.PlanningResult;
import org.partiflow.api.spi.Planner;
import org.partiflow.api.spi.Strategies;
import org.partiflow.api.unit.Bandwidth;
import org.partiflow.api.workload.Workload;
import org.partiflow.testkit.Clusters;
import org.partiflow.testkit.Models;
import org.partiflow.testkit.Workloads;

/** Whatever fails and comes back, in whatever order: every plan on the way is valid. */
class ReplanProperties {
    private static final double SLOW = 1e6;
    private static final SolveControl SHORT = SolveControl.evaluations(60);

    @Provide
    Arbitrary<Cluster> clusters() {
        return Clusters.any(10);
    }

    @Provide
    Arbitrary<TransformerModel> models() {
        return Models.small();
    }

    @Provide
    Arbitrary<Workload> workloads() {
        return Workloads.any();
    }

    @Provide
    Arbitrary<List<Integer>> events() {
        return Arbitraries.integers().between(0, 2047).list().ofSize(100);
    }

    @Property(tries = 3, seed = "20261125", shrinking = ShrinkingMode.OFF)
    void failuresAndRecoveriesNeverGiveAnInvalidPlan(
            @ForAll("clusters") Cluster cluster,
            @ForAll("models") TransformerModel model,
            @ForAll("workloads") Workload workload,
            @ForAll("events") List<Integer> events) {
        PlanningProblem whole = PlanningProblem.of(cluster, model, workload);
        PlanningResult first = Strategies.named(Planner.class, "partiflow")
                .plan(new PlanningRequest(whole, ReplannerTest.roofline(whole), PlanningOptions.DEFAULT, SHORT));
        if (!(first instanceof PlanningResult.Planned planned)) {
            return;
        }
        ServingPlan running = planned.plan();
        int[] left = cluster.nodes().stream().mapToInt(Node::count).toArray();
        Set<List<Integer>> slow = new TreeSet<>(Comparator.comparing(List::toString));
        Set<Integer> cut = new TreeSet<>();
        for (int event : events) {
            happen(cluster, left, slow, cut, event);
            Cluster now = cluster(cluster, left, slow, cut);
            PlanningProblem problem = PlanningProblem.of(now, model, workload);
            // Planning anew has tests of its own, and takes most of the time.
            Level upTo = event % 20 == 0 ? Level.ANEW : Level.values()[event / 32 % Level.ANEW.ordinal()];
            ReplanRequest request = new ReplanRequest(
                    running,
                    problem,
                    ReplannerTest.roofline(problem),
                    PlanningOptions.DEFAULT,
                    SHORT,
                    0.95,
                    event % 3 == 0 ? 6 : Integer.MAX_VALUE,
                    upTo,
                    2e9);
            ReplanResult result = new Replanner().replan(request);
            ReplannerTest.assertSound(request, result);
            assertThat(result.levels()).hasSize(upTo.ordinal() + 1);
            running = result.chosen().flatMap(LevelOutcome::plan).orElse(running);
        }
    }

    /**
     * A node loses or gains a GPU, fails whole, or comes back whole; one GPU of the cluster is always left. Or the link between
     * two nodes becomes slow, the one between two zones is lost, or either comes back.
     */
    private static void happen(Cluster cluster, int[] left, Set<List<Integer>> slow, Set<Integer> cut, int event) {
        int node = event % left.length;
        int other = event / 7 % left.length;
        List<Integer> pair = List.of(Math.min(node, other), Math.max(node, other));
        int zones = cluster.fabric().between().size();
        if (event >= 1024) {
            switch (event / 256) {
                case 4 -> slow.add(pair);
                case 5 -> slow.remove(pair);
                case 6 -> cut.add(event % Math.max(1, zones));
                default -> cut.remove(event % Math.max(1, zones));
            }
            return;
        }
        int most = cluster.node(node).count();
        int before = left[node];
        left[node] = switch (event / 256) {
            case 0 -> 0;
            case 1 -> most;
            case 2 -> Math.max(0, before - 1);
            default -> Math.min(most, before + 1);
        };
        if (java.util.Arrays.stream(left).sum() == 0) {
            left[node] = before;
        }
    }

    private static Cluster cluster(Cluster whole, int[] left, Set<List<Integer>> slow, Set<Integer> cut) {
        List<Node> nodes = new ArrayList<>();
        for (int n = 0; n < left.length; n++) {
            Node node = whole.node(n);
            if (left[n] > 0) {
                nodes.add(new Node(
                        node.id(),
                        node.gpu(),
                        left[n],
                        node.zone(),
                        node.intraNode(),
                        node.nic(),
                        node.pricePerGpuHourUsd()));
            }
        }
        Set<String> ids = new HashSet<>(nodes.stream().map(Node::id).toList());
        Map<List<String>, NodeLink> links = new LinkedHashMap<>();
        whole.links().forEach(link -> links.put(ends(link.nodeA(), link.nodeB()), link));
        for (List<Integer> pair : slow) {
            String a = whole.node(pair.get(0)).id();
            String b = whole.node(pair.get(1)).id();
            if (!a.equals(b)) {
                links.put(ends(a, b), new NodeLink(a, b, new Bandwidth(SLOW), Duration.ofMillis(1)));
            }
        }
        List<ZoneLink> between = new ArrayList<>();
        for (int z = 0; z < whole.fabric().between().size(); z++) {
            if (!cut.contains(z)) {
                between.add(whole.fabric().between().get(z));
            }
        }
        return new Cluster(
                whole.name(),
                nodes,
                new Fabric(whole.fabric().zoneLatency(), between),
                links.values().stream()
                        .filter(link -> ids.contains(link.nodeA()) && ids.contains(link.nodeB()))
                        .toList());
    }

    private static List<String> ends(String a, String b) {
        return a.compareTo(b) < 0 ? List.of(a, b) : List.of(b, a);
    }
}
