package org.partiflow.solvers.replan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
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
import org.partiflow.api.cluster.Node;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.model.TransformerModel;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.result.PlanningResult;
import org.partiflow.api.spi.Planner;
import org.partiflow.api.spi.Strategies;
import org.partiflow.api.workload.Workload;
import org.partiflow.testkit.Clusters;
import org.partiflow.testkit.Models;
import org.partiflow.testkit.Workloads;

/** Whatever fails and comes back, in whatever order: every plan on the way is valid. */
class ReplanProperties {
    private static final SolveControl SHORT = SolveControl.evaluations(60);

    @Provide
    Arbitrary<Cluster> clusters() {
        return Clusters.any(24);
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
        return Arbitraries.integers().between(0, 1023).list().ofMinSize(5).ofMaxSize(10);
    }

    @Property(tries = 14, seed = "20261125", shrinking = ShrinkingMode.OFF)
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
        for (int event : events) {
            happen(cluster, left, event);
            Cluster now = cluster(cluster, left);
            PlanningProblem problem = PlanningProblem.of(now, model, workload);
            Level upTo = Level.values()[event / 32 % Level.values().length];
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

    /** A node loses or gains a GPU, fails whole, or comes back whole; one GPU of the cluster is always left. */
    private static void happen(Cluster cluster, int[] left, int event) {
        int node = event % left.length;
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

    private static Cluster cluster(Cluster whole, int[] left) {
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
        var ids = nodes.stream().map(Node::id).toList();
        var links = whole.links().stream()
                .filter(link -> ids.contains(link.nodeA()) && ids.contains(link.nodeB()))
                .toList();
        return new Cluster(whole.name(), nodes, whole.fabric(), links);
    }
}
