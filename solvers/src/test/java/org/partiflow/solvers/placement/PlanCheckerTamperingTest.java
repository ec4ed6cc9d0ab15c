package org.partiflow.solvers.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.partiflow.api.PlanningOptions;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.check.PlanChecker;
import org.partiflow.api.check.Violation;
import org.partiflow.api.plan.Route;
import org.partiflow.api.plan.ServingGroup;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.plan.Stage;
import org.partiflow.api.result.PlanningResult;
import org.partiflow.testkit.Clusters;
import org.partiflow.testkit.Models;
import org.partiflow.testkit.Workloads;

/** A valid plan, spoilt in one place at a time: the checker notices each. */
class PlanCheckerTamperingTest {
    private static final PlanningProblem PROBLEM =
            PlanningProblem.of(Clusters.mixed20(), Models.llama2_70b(), Workloads.hpld());
    private static ServingPlan valid;

    @BeforeAll
    static void plan() {
        PlanningResult result = Planners.plan("hexgen2", PROBLEM, PlanningOptions.DEFAULT, 500);
        valid = ((PlanningResult.Planned) result).plan();
    }

    private static List<String> rules(ServingPlan plan) {
        return PlanChecker.violations(PROBLEM, Planners.roofline(PROBLEM), plan).stream()
                .map(Violation::rule)
                .distinct()
                .toList();
    }

    private static ServingPlan with(List<ServingGroup> groups, List<Route> routes) {
        return new ServingPlan(
                valid.generator(),
                valid.inputs(),
                groups,
                routes,
                valid.throughput(),
                valid.certificate(),
                valid.unusedGpus(),
                valid.cost(),
                valid.alternatives(),
                valid.termination(),
                valid.warnings());
    }

    private static ServingPlan firstGroup(UnaryOperator<ServingGroup> change) {
        List<ServingGroup> groups = new ArrayList<>(valid.groups());
        groups.set(0, change.apply(groups.get(0)));
        return with(groups, valid.routes());
    }

    private static ServingPlan firstRoute(UnaryOperator<Route> change) {
        List<Route> routes = new ArrayList<>(valid.routes());
        routes.set(0, change.apply(routes.get(0)));
        return with(valid.groups(), routes);
    }

    private static ServingGroup copy(ServingGroup g, List<Stage> stages, int batch, double[] numbers) {
        return new ServingGroup(
                g.id(), g.phase(), stages, batch, numbers[0], numbers[1], numbers[2], g.weightBytesPerGpu(), (long)
                        numbers[3]);
    }

    private static double[] numbers(ServingGroup g) {
        return new double[] {
            g.capacityRequestsPerSecond(), g.flowRequestsPerSecond(), g.latencySeconds(), g.kvCapacityTokens()
        };
    }

    private static ServingPlan number(int index, double factor) {
        return firstGroup(g -> {
            double[] numbers = numbers(g);
            numbers[index] *= factor;
            return copy(g, g.stages(), g.batch(), numbers);
        });
    }

    private static ServingPlan stages(UnaryOperator<List<Stage>> change) {
        return firstGroup(g -> copy(g, change.apply(new ArrayList<>(g.stages())), g.batch(), numbers(g)));
    }

    @Test
    void theUntouchedPlanIsValid() {
        assertThat(rules(valid)).isEmpty();
        assertThat(valid.routes()).isNotEmpty();
    }

    @Test
    void statedNumbersAreRecomputed() {
        assertThat(rules(number(0, 1.01))).contains("capacity");
        assertThat(rules(number(1, 0.5))).contains("conservation", "throughput");
        assertThat(rules(number(1, 1.5))).contains("flow");
        assertThat(rules(number(2, 0.9))).contains("latency");
        assertThat(rules(number(3, 1.1))).contains("kv-capacity");
    }

    @Test
    void layersMustTileTheModelOnce() {
        assertThat(rules(stages(stages -> {
                    Stage first = stages.get(0);
                    stages.set(0, new Stage(first.gpus(), first.firstLayer(), first.lastLayer() - 1));
                    return stages;
                })))
                .contains("layers");
    }

    @Test
    void gpusMustExistAndBelongToOneGroup() {
        String stranger = valid.groups().get(1).stages().get(0).gpus().get(0);
        for (String gpu : List.of(stranger, "nowhere/0")) {
            assertThat(rules(stages(stages -> {
                        Stage first = stages.get(0);
                        List<String> gpus = new ArrayList<>(first.gpus());
                        gpus.set(0, gpu);
                        stages.set(0, new Stage(gpus, first.firstLayer(), first.lastLayer()));
                        return stages;
                    })))
                    .contains("gpu");
        }
    }

    @Test
    void tensorParallelismMustDivideTheHeads() {
        assertThat(rules(stages(stages -> {
                    List<String> three = List.of("x0/0", "x0/1", "x0/2");
                    return new ArrayList<>(List.of(new Stage(three, 0, 79)));
                })))
                .contains("tensor-parallel");
    }

    @Test
    void memoryMustSuffice() {
        assertThat(rules(firstGroup(g -> copy(g, g.stages(), 1_000_000, numbers(g)))))
                .contains("memory", "batch");
    }

    @Test
    void routesAreRecomputed() {
        assertThat(rules(firstRoute(r -> new Route(
                        r.from(),
                        r.to(),
                        r.flowRequestsPerSecond(),
                        2 * r.capacityRequestsPerSecond(),
                        r.share(),
                        r.protocol()))))
                .contains("route-capacity");
        assertThat(rules(firstRoute(r -> new Route(
                        r.from(),
                        r.to(),
                        r.flowRequestsPerSecond() / 2,
                        r.capacityRequestsPerSecond(),
                        r.share(),
                        r.protocol()))))
                .contains("conservation", "share");
        assertThat(rules(firstRoute(r -> new Route(
                        r.to(),
                        r.from(),
                        r.flowRequestsPerSecond(),
                        r.capacityRequestsPerSecond(),
                        r.share(),
                        r.protocol()))))
                .contains("route");
        assertThat(rules(firstRoute(r -> new Route(
                        r.from(),
                        r.to(),
                        r.flowRequestsPerSecond(),
                        r.capacityRequestsPerSecond(),
                        r.share(),
                        "magic"))))
                .contains("protocol");
        assertThat(rules(firstRoute(
                        r -> new Route(r.from(), r.to(), 100, r.capacityRequestsPerSecond(), r.share(), r.protocol()))))
                .contains("shared-link");
    }

    @Test
    void totalsFollowFromTheRest() {
        ServingPlan cheaper = new ServingPlan(
                valid.generator(),
                valid.inputs(),
                valid.groups(),
                valid.routes(),
                new ServingPlan.Throughput(
                        valid.throughput().requestsPerSecond() * 2,
                        valid.throughput().outputTokensPerSecond(),
                        valid.throughput().totalTokensPerSecond()),
                new ServingPlan.Certificate(0.001, 0.5, "patterns", List.of("z9")),
                List.of(),
                new ServingPlan.Cost(1, 1),
                valid.alternatives(),
                valid.termination(),
                valid.warnings());
        assertThat(rules(cheaper)).contains("throughput", "cost", "bound", "gap", "min-cut");
    }

    @Test
    void gpusThatAreNowhereAreMissed() {
        List<ServingGroup> fewer = valid.groups().subList(1, valid.groups().size());
        List<Route> routes = valid.routes().stream()
                .filter(r -> !r.from().equals(valid.groups().get(0).id()))
                .toList();
        assertThat(rules(with(fewer, routes))).containsExactly("gpu");
    }
}
