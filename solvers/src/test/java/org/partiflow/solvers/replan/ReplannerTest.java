package org.partiflow.solvers.replan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.partiflow.api.PlanningOptions;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.PlanningRequest;
import org.partiflow.api.check.PlanChecker;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.cluster.Node;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.cost.CostModel;
import org.partiflow.api.model.Sharding;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.result.PlanningResult;
import org.partiflow.api.spi.CostModelFactory;
import org.partiflow.api.spi.Planner;
import org.partiflow.api.spi.Strategies;
import org.partiflow.testkit.Clusters;
import org.partiflow.testkit.Models;
import org.partiflow.testkit.Workloads;

/** Least disruption that is good enough, and never an invalid plan. */
class ReplannerTest {
    private static final long EVALUATIONS = 400;

    static CostModel roofline(PlanningProblem problem) {
        return Strategies.named(CostModelFactory.class, "roofline").create(problem);
    }

    static PlanningProblem on(Cluster cluster) {
        return PlanningProblem.of(cluster, Models.llama2_70b(), Workloads.hpld());
    }

    static ServingPlan plan(PlanningProblem problem) {
        return plan("partiflow", problem);
    }

    private static ServingPlan plan(String planner, PlanningProblem problem) {
        PlanningResult result = Strategies.named(Planner.class, planner)
                .plan(new PlanningRequest(
                        problem, roofline(problem), PlanningOptions.DEFAULT, SolveControl.evaluations(EVALUATIONS)));
        assertThat(result).isInstanceOf(PlanningResult.Planned.class);
        return ((PlanningResult.Planned) result).plan();
    }

    static ReplanRequest request(ServingPlan plan, PlanningProblem problem) {
        return ReplanRequest.of(
                plan, problem, roofline(problem), PlanningOptions.DEFAULT, SolveControl.evaluations(EVALUATIONS));
    }

    private static ReplanRequest limited(ReplanRequest request, int maxMoves, Level upTo) {
        return new ReplanRequest(
                request.plan(),
                request.problem(),
                request.costModel(),
                request.options(),
                request.control(),
                request.atLeast(),
                maxMoves,
                upTo,
                request.loadBytesPerSecond());
    }

    static Cluster without(Cluster cluster, String node) {
        List<Node> left =
                cluster.nodes().stream().filter(one -> !one.id().equals(node)).toList();
        return new Cluster(cluster.name(), left, cluster.fabric(), List.of());
    }

    /** What every result must keep. */
    static void assertSound(ReplanRequest request, ReplanResult result) {
        for (LevelOutcome level : result.levels()) {
            level.plan()
                    .ifPresent(plan -> assertThat(PlanChecker.violations(request.problem(), request.costModel(), plan))
                            .as("%s", level.level())
                            .isEmpty());
        }
        assertThat(result.reason()).isNotBlank();
        result.chosen()
                .ifPresent(level ->
                        assertThat(level.transition().touchedGpus()).hasSizeLessThanOrEqualTo(request.maxMoves()));
    }

    @Test
    void nothingLostMeansNothingChanges() {
        PlanningProblem problem = on(Clusters.mixed20());
        ServingPlan plan = plan(problem);
        ReplanRequest request = request(plan, problem);
        ReplanResult result = new Replanner().replan(request);
        assertSound(request, result);
        LevelOutcome chosen = result.chosen().orElseThrow();
        assertThat(chosen.level()).isEqualTo(Level.ROUTING);
        assertThat(chosen.transition()).isEqualTo(Transition.NONE);
        assertThat(chosen.plan().orElseThrow().groups()).isEqualTo(plan.groups());
        assertThat(chosen.plan().orElseThrow().routes()).isEqualTo(plan.routes());
        assertThat(result.broken()).isEmpty();
        assertThat(new Replanner().replan(request)).isEqualTo(result);
    }

    @ParameterizedTest
    @ValueSource(strings = {"h0", "a0", "a1", "l0", "x0"})
    void losingAnyNodeIsMadeGoodOrExplained(String node) {
        ServingPlan plan = plan(on(Clusters.mixed20()));
        PlanningProblem problem = on(without(Clusters.mixed20(), node));
        ReplanRequest request = request(plan, problem);
        ReplanResult result = new Replanner().replan(request);
        assertSound(request, result);
        LevelOutcome chosen = result.chosen().orElseThrow();
        assertThat(chosen.share()).isGreaterThanOrEqualTo(0.95);
        for (LevelOutcome level : result.levels()) {
            if (level.level().compareTo(chosen.level()) < 0) {
                assertThat(level.share()).isLessThan(0.95);
            }
        }
        assertThat(result.broken().stream().map(ReplanResult.BrokenGroup::id))
                .containsExactlyElementsOf(plan.groups().stream()
                        .filter(group -> group.stages().stream()
                                .flatMap(stage -> stage.gpus().stream())
                                .anyMatch(gpu -> gpu.startsWith(node + "/")))
                        .map(group -> group.id())
                        .toList());
    }

    @Test
    void aLimitOnMovesIsKept() {
        ServingPlan plan = plan(on(Clusters.mixed20()));
        PlanningProblem problem = on(without(Clusters.mixed20(), "h0"));
        double last = 0;
        for (int moves : new int[] {0, 4, 8, Integer.MAX_VALUE}) {
            ReplanRequest request = limited(request(plan, problem), moves, Level.ANEW);
            ReplanResult result = new Replanner().replan(request);
            assertSound(request, result);
            double value = result.chosen().map(LevelOutcome::value).orElse(0.0);
            assertThat(value).isGreaterThanOrEqualTo(0.95 * last);
            last = value;
        }
    }

    @Test
    void flipsLoadNothingAndMovesLoadTheirShards() {
        ServingPlan plan = plan("hexgen2", on(Clusters.mixed20()));
        PlanningProblem problem = PlanningProblem.of(Clusters.mixed20(), Models.llama2_70b(), Workloads.lphd());
        ReplanRequest request = limited(request(plan, problem), Integer.MAX_VALUE, Level.FLIPS);
        ReplanResult result = new Replanner().replan(request);
        assertSound(request, result);
        assertThat(result.levels()).hasSize(2);
        LevelOutcome routing = result.levels().get(0);
        LevelOutcome flips = result.levels().get(1);
        assertThat(routing.transition().touchedGpus()).isEmpty();
        assertThat(flips.value()).isGreaterThan(routing.value());
        assertThat(flips.transition().touchedGpus()).isNotEmpty();
        assertThat(flips.transition().loadBytes()).isZero();
        assertThat(flips.transition().loadSeconds()).isZero();

        ReplanResult anew = new Replanner().replan(request(plan, problem));
        LevelOutcome all = anew.levels().get(3);
        ServingPlan after = all.plan().orElseThrow();
        Map<String, String> shards = new HashMap<>();
        plan.groups()
                .forEach(group -> group.stages().forEach(stage -> {
                    for (int rank = 0; rank < stage.degree(); rank++) {
                        shards.put(
                                stage.gpus().get(rank),
                                stage.firstLayer() + " " + stage.lastLayer() + " " + stage.degree() + " " + rank);
                    }
                }));
        double bytes = 0;
        for (var group : after.groups()) {
            for (var stage : group.stages()) {
                for (int rank = 0; rank < stage.degree(); rank++) {
                    String shard = stage.firstLayer() + " " + stage.lastLayer() + " " + stage.degree() + " " + rank;
                    if (!shard.equals(shards.get(stage.gpus().get(rank)))) {
                        bytes += Sharding.weightBytesPerGpu(
                                problem.model(), stage.firstLayer(), stage.layers(), stage.degree());
                    }
                }
            }
        }
        assertThat(all.transition().loadBytes()).isEqualTo(bytes);
    }

    @Test
    void renamingGpusInsideNodesIsUndone() {
        PlanningProblem problem = on(Clusters.mixed20());
        ServingPlan plan = plan(problem);
        ServingPlan turned = Relabelling.keepRoles(reversed(plan, problem.cluster()), plan, problem.cluster());
        assertThat(Transition.between(reversed(plan, problem.cluster()), turned, problem, 1e9)
                        .touchedGpus())
                .isEmpty();
        assertThat(PlanChecker.violations(problem, roofline(problem), turned)).isEmpty();
    }

    /** The same plan with the GPUs of each node numbered from the other end. */
    private static ServingPlan reversed(ServingPlan plan, Cluster cluster) {
        List<org.partiflow.api.plan.ServingGroup> groups = new ArrayList<>();
        for (var group : plan.groups()) {
            var stages = group.stages().stream()
                    .map(stage -> new org.partiflow.api.plan.Stage(
                            stage.gpus().stream()
                                    .map(gpu -> {
                                        int index = cluster.findGpu(gpu).orElseThrow();
                                        int node = cluster.nodeOf(index);
                                        int first = cluster.firstGpu(node);
                                        int count = cluster.node(node).count();
                                        return cluster.gpuName(first + count - 1 - (index - first));
                                    })
                                    .toList(),
                            stage.firstLayer(),
                            stage.lastLayer()))
                    .toList();
            groups.add(new org.partiflow.api.plan.ServingGroup(
                    group.id(),
                    group.phase(),
                    stages,
                    group.batch(),
                    group.capacityRequestsPerSecond(),
                    group.flowRequestsPerSecond(),
                    group.latencySeconds(),
                    group.weightBytesPerGpu(),
                    group.kvCapacityTokens()));
        }
        return new ServingPlan(
                plan.generator(),
                plan.inputs(),
                groups,
                plan.routes(),
                plan.throughput(),
                plan.certificate(),
                plan.unusedGpus(),
                plan.cost(),
                plan.alternatives(),
                plan.termination(),
                plan.warnings());
    }

    @Test
    void nothingFeasibleHasAReason() {
        ServingPlan plan = plan(on(Clusters.mixed20()));
        Node l0 = Clusters.mixed20().node(3);
        Node two = Clusters.node(l0.id(), l0.gpu(), 2, l0.zone(), l0.intraNode());
        Cluster small = new Cluster("rest", List.of(two), Clusters.mixed20().fabric(), List.of());
        PlanningProblem problem = on(small);
        ReplanResult result = new Replanner().replan(request(plan, problem));
        assertThat(result.chosen()).isEmpty();
        assertThat(result.reason()).contains("GB");
        assertThatThrownBy(() -> limited(request(plan, problem), -1, Level.ANEW))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
