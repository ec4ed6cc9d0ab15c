package org.partiflow.solvers.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.partiflow.api.Objective;
import org.partiflow.api.PlanningOptions;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.check.PlanChecker;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.plan.ServingGroup;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.plan.Stage;
import org.partiflow.api.result.PlanningResult;
import org.partiflow.testkit.Clusters;
import org.partiflow.testkit.Models;
import org.partiflow.testkit.Workloads;

class BaselinePlannersTest {
    private static final long GA_EVALUATIONS = 100 + 300 * 10;

    private static PlanningOptions options(Objective objective, double rate, long seed) {
        return new PlanningOptions(
                "spectral-kl", "push-relabel", PlanningOptions.Refinement.GUIDED, objective, rate, seed);
    }

    private static ServingPlan plan(
            String planner, PlanningProblem problem, PlanningOptions options, long evaluations) {
        PlanningResult result = Planners.plan(planner, problem, options, evaluations);
        assertThat(result).as(planner).isInstanceOf(PlanningResult.Planned.class);
        ServingPlan plan = ((PlanningResult.Planned) result).plan();
        assertThat(PlanChecker.violations(problem, Planners.roofline(problem), plan))
                .as(planner)
                .isEmpty();
        return plan;
    }

    private static ServingPlan plan(String planner, PlanningProblem problem) {
        return plan(planner, problem, PlanningOptions.DEFAULT, Long.MAX_VALUE);
    }

    private static PlanningProblem problem(Cluster cluster) {
        return PlanningProblem.of(cluster, Models.llama2_70b(), Workloads.hpld());
    }

    private static List<Integer> degrees(ServingGroup group) {
        return group.stages().stream().map(Stage::degree).toList();
    }

    private static void assertEven(ServingGroup group) {
        assertThat(degrees(group)).as(group.id()).containsOnly(degrees(group).get(0));
        int most = group.stages().stream().mapToInt(Stage::layers).max().orElseThrow();
        int least = group.stages().stream().mapToInt(Stage::layers).min().orElseThrow();
        assertThat(most - least).as(group.id()).isLessThanOrEqualTo(1);
    }

    @Test
    void distServeDeploysAlikeReplicasOfEachPhaseOnIdenticalGpus() {
        ServingPlan plan = plan("distserve", problem(Clusters.homogeneous8()));
        for (Phase phase : List.of(Phase.PREFILL, Phase.DECODE)) {
            assertThat(plan.groups(phase)).isNotEmpty();
            plan.groups(phase).forEach(BaselinePlannersTest::assertEven);
            assertThat(plan.groups(phase).stream()
                            .map(BaselinePlannersTest::degrees)
                            .distinct())
                    .hasSize(1);
        }
        assertThat(plan.groups(Phase.COLOCATED)).isEmpty();
    }

    @Test
    void distServeUsesATypeThatCannotServeAloneTogetherWithOthers() {
        // Two H100s hold Llama-2-70B once, so they cannot prefill and decode by themselves.
        ServingPlan plan = plan("distserve", problem(Clusters.mixed20()));
        assertThat(plan.unusedGpus()).doesNotContain("h0/0", "h0/1");
        plan.groups().forEach(BaselinePlannersTest::assertEven);
        assertThat(plan.alternatives())
                .extracting(ServingPlan.Alternative::name)
                .contains("one pool of all types", "pool A100-PCIe-80GB");
        plan.alternatives()
                .forEach(other -> assertThat(other.requestsPerSecond())
                        .isLessThanOrEqualTo(plan.throughput().requestsPerSecond()));
    }

    @Test
    void vllmReplicasOfATypeAreAlikeAndColocated() {
        PlanningProblem problem = problem(Clusters.mixed20());
        ServingPlan plan = plan("vllm-uniform", problem);
        assertThat(plan.routes()).isEmpty();
        assertThat(plan.groups()).extracting(ServingGroup::phase).containsOnly(Phase.COLOCATED);
        plan.groups().forEach(BaselinePlannersTest::assertEven);
        plan.groups().stream()
                .collect(Collectors.groupingBy(group -> problem.cluster()
                        .gpuType(problem.cluster()
                                .findGpu(group.stages().get(0).gpus().get(0))
                                .orElseThrow())
                        .name()))
                .values()
                .forEach(alike -> assertThat(alike.stream()
                                .map(BaselinePlannersTest::degrees)
                                .distinct())
                        .hasSize(1));
    }

    @Test
    void onOneNodeOfAlikeGpusTheBestColocatedPlanIsUniform() {
        PlanningProblem problem = problem(Clusters.homogeneous8());
        double uniform = plan("vllm-uniform", problem).throughput().requestsPerSecond();
        assertThat(plan("colocated", problem).throughput().requestsPerSecond()).isGreaterThanOrEqualTo(uniform);
    }

    @ParameterizedTest
    @ValueSource(strings = {"distserve", "vllm-uniform", "hexgen-ga", "hexgen2-ga"})
    void noBaselineBeatsTheDefaultPlanner(String baseline) {
        for (Cluster cluster : List.of(Clusters.homogeneous8(), Clusters.mixed20(), Clusters.twoZones20())) {
            PlanningProblem problem = problem(cluster);
            double own = plan("partiflow", problem).throughput().requestsPerSecond();
            assertThat(plan(baseline, problem).throughput().requestsPerSecond())
                    .as(cluster.name())
                    .isLessThanOrEqualTo(own * (1 + 1e-9));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"distserve", "vllm-uniform"})
    void alikeReplicasServeARequiredRateForLess(String baseline) {
        PlanningProblem problem = problem(Clusters.mixed20());
        ServingPlan cheap = plan(baseline, problem, options(Objective.COST, 1, 42), Long.MAX_VALUE);
        assertThat(cheap.throughput().requestsPerSecond()).isGreaterThanOrEqualTo(1);
        assertThat(cheap.cost().usdPerHour()).isLessThan(problem.cluster().pricePerHourUsd() / 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hexgen-ga", "hexgen2-ga"})
    void theGeneticAlgorithmSpendsWhatItMayAndNoMore(String planner) {
        PlanningProblem problem = problem(Clusters.mixed20());
        ServingPlan whole = plan(planner, problem);
        assertThat(whole.termination().evaluations()).isEqualTo(GA_EVALUATIONS);
        ServingPlan some = plan(planner, problem, PlanningOptions.DEFAULT, 400);
        assertThat(some.termination().evaluations()).isEqualTo(400);
        assertThat(some.termination().limit()).isEqualTo("evaluations");
        // The same run, cut short: what it had found by then is no better.
        assertThat(some.throughput().requestsPerSecond())
                .isLessThanOrEqualTo(whole.throughput().requestsPerSecond());
    }

    @Test
    void theGeneticAlgorithmFollowsItsSeed() {
        PlanningProblem problem = problem(Clusters.mixed20());
        ServingPlan one = plan("hexgen-ga", problem, options(Objective.THROUGHPUT, 0, 1), 150);
        assertThat(plan("hexgen-ga", problem, options(Objective.THROUGHPUT, 0, 1), 150))
                .isEqualTo(one);
        assertThat(plan("hexgen-ga", problem, options(Objective.THROUGHPUT, 0, 2), 150)
                        .groups())
                .isNotEqualTo(one.groups());
    }

    @Test
    void theGeneticRefinementNeverFallsBelowItsStart() {
        ServingPlan plan = plan("hexgen2-ga", problem(Clusters.twoZones20()));
        assertThat(plan.groups()).extracting(ServingGroup::phase).containsOnly(Phase.PREFILL, Phase.DECODE);
        ServingPlan.Alternative start = plan.alternatives().get(0);
        assertThat(start.name()).isEqualTo("hexgen2, spectral-kl unrefined");
        assertThat(plan.throughput().requestsPerSecond()).isGreaterThanOrEqualTo(start.requestsPerSecond());
    }
}
