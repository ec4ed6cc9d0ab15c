package org.partiflow.solvers.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.partiflow.api.Objective;
import org.partiflow.api.PlanningOptions;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.check.PlanChecker;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.cluster.Fabric;
import org.partiflow.api.cluster.ZoneLink;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.plan.ServingGroup;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.result.PlanningResult;
import org.partiflow.api.unit.Bandwidth;
import org.partiflow.testkit.Clusters;
import org.partiflow.testkit.Models;
import org.partiflow.testkit.Workloads;

class PlannerBehaviourTest {
    private static Cluster twoZones(double gigabitsPerSecond) {
        Cluster thin = Clusters.twoZones20();
        ZoneLink link =
                new ZoneLink("z0", "z1", Bandwidth.ofGigabitsPerSecond(gigabitsPerSecond), Duration.ofMillis(5));
        return new Cluster(
                thin.name(), thin.nodes(), new Fabric(thin.fabric().zoneLatency(), List.of(link)), List.of());
    }

    private static PlanningProblem problem(Cluster cluster) {
        return PlanningProblem.of(cluster, Models.llama2_70b(), Workloads.hpld());
    }

    @Test
    void heavyKvFlowStaysOffTheThinLinkBetweenZones() {
        PlanningProblem problem = problem(Clusters.twoZones20());
        ServingPlan plan = planned(Planners.plan("hexgen2", problem, PlanningOptions.DEFAULT, Long.MAX_VALUE));
        double crossing = plan.routes().stream()
                .filter(route -> !zones(problem.cluster(), plan, route.from())
                        .equals(zones(problem.cluster(), plan, route.to())))
                .mapToDouble(route -> route.flowRequestsPerSecond())
                .sum();
        // 0.8 of 2 Gbit/s carries 0.23 such caches (854 MB each) a second.
        assertThat(crossing).isLessThan(0.24);
        assertThat(plan.throughput().requestsPerSecond()).isGreaterThan(10 * crossing);
    }

    @Test
    void aThickerLinkBetweenZonesNeverLowersTheThroughput() {
        for (String planner : List.of("hexgen2", "partiflow")) {
            double thin = Planners.value(
                    Planners.plan(planner, problem(twoZones(2)), PlanningOptions.DEFAULT, Long.MAX_VALUE));
            double thick = Planners.value(
                    Planners.plan(planner, problem(twoZones(400)), PlanningOptions.DEFAULT, Long.MAX_VALUE));
            assertThat(thick).as(planner).isGreaterThanOrEqualTo(thin);
        }
    }

    @Test
    void theDefaultPlannerIsNeverBelowItsAlternatives() {
        ServingPlan plan = planned(
                Planners.plan("partiflow", problem(Clusters.mixed20()), PlanningOptions.DEFAULT, Long.MAX_VALUE));
        assertThat(plan.alternatives())
                .extracting(ServingPlan.Alternative::name)
                .contains("colocated", "disaggregated");
        plan.alternatives()
                .forEach(alternative -> assertThat(alternative.requestsPerSecond())
                        .isLessThanOrEqualTo(plan.throughput().requestsPerSecond() * (1 + 1e-9)));
    }

    @Test
    void costPlansServeTheRequiredRateForLess() {
        PlanningProblem problem = problem(Clusters.mixed20());
        PlanningOptions cheap = new PlanningOptions(
                "spectral-kl", "push-relabel", PlanningOptions.Refinement.GUIDED, Objective.COST, 2, 42);
        ServingPlan plan = planned(Planners.plan("partiflow", problem, cheap, Long.MAX_VALUE));
        assertThat(plan.throughput().requestsPerSecond()).isGreaterThanOrEqualTo(2 * (1 - 1e-9));
        assertThat(plan.cost().usdPerHour()).isLessThan(problem.cluster().pricePerHourUsd() / 2);
        assertThat(PlanChecker.violations(problem, Planners.roofline(problem), plan))
                .isEmpty();
    }

    @Test
    void aRateBeyondReachIsInfeasible() {
        PlanningOptions greedy = new PlanningOptions(
                "spectral-kl", "push-relabel", PlanningOptions.Refinement.GUIDED, Objective.COST, 1e6, 42);
        PlanningResult result = Planners.plan("partiflow", problem(Clusters.mixed20()), greedy, 200);
        assertThat(result).isInstanceOf(PlanningResult.Infeasible.class);
        assertThat(((PlanningResult.Infeasible) result).reason()).contains("of the required");
    }

    @Test
    void aClusterWithTooManyPatternsGetsTheBoundByNodeClasses() {
        PlanningProblem problem = problem(Clusters.nodesOfEight(8, 2));
        ServingPlan plan = planned(Planners.plan("partiflow", problem, PlanningOptions.DEFAULT, 100));
        double value = plan.throughput().requestsPerSecond();
        assertThat(plan.certificate().covers()).startsWith("groups of up to ");
        assertThat(plan.certificate().upperBoundRequestsPerSecond()).isBetween(value, 1.2 * value);
    }

    @Test
    void theColocatedPlannerMovesNoKvCaches() {
        ServingPlan plan = planned(
                Planners.plan("colocated", problem(Clusters.mixed20()), PlanningOptions.DEFAULT, Long.MAX_VALUE));
        assertThat(plan.routes()).isEmpty();
        assertThat(plan.groups()).extracting(ServingGroup::phase).containsOnly(Phase.COLOCATED);
    }

    private static ServingPlan planned(PlanningResult result) {
        return ((PlanningResult.Planned) result).plan();
    }

    private static List<String> zones(Cluster cluster, ServingPlan plan, String groupId) {
        ServingGroup group = plan.groups().stream()
                .filter(g -> g.id().equals(groupId))
                .findFirst()
                .orElseThrow();
        return group.stages().stream()
                .flatMap(stage -> stage.gpus().stream())
                .map(gpu -> cluster.node(cluster.nodeOf(cluster.findGpu(gpu).orElseThrow()))
                        .zone())
                .distinct()
                .sorted()
                .toList();
    }
}
