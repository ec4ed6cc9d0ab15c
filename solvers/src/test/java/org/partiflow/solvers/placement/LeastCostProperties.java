package org.partiflow.solvers.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;
import org.partiflow.api.Objective;
import org.partiflow.api.PlanningOptions;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.PlanningRequest;
import org.partiflow.api.check.PlanChecker;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.result.PlanningResult;
import org.partiflow.testkit.Clusters;
import org.partiflow.testkit.Models;
import org.partiflow.testkit.Workloads;

/** The bound on the price of plans for a rate, against the cheapest of all plans. */
class LeastCostProperties {
    private static final int CLUSTERS = 120;
    private static final double[] SHARES = {0.2, 0.5, 0.8, 1.0};

    @Provide
    Arbitrary<List<Cluster>> clusters() {
        return Clusters.any(5).list().ofSize(CLUSTERS);
    }

    @Property(tries = 1, seed = "5", shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void noPlanIsCheaperThanTheBoundAndMostlyOneIsAsCheap(@ForAll("clusters") List<Cluster> clusters) {
        int compared = 0;
        int attained = 0;
        for (int i = 0; i < CLUSTERS; i++) {
            PlanningProblem problem = PlanningProblem.of(clusters.get(i), Models.llama2_7b(), Workloads.hphd());
            double most = Planners.value(Planners.plan("exhaustive", problem, PlanningOptions.DEFAULT, Long.MAX_VALUE));
            if (most > 0) {
                PlanningOptions options = cheapest(SHARES[i % SHARES.length] * most);
                double least = bound(problem, options);
                double cheapest = planned(Planners.plan("exhaustive", problem, options, Long.MAX_VALUE))
                        .cost()
                        .usdPerHour();
                assertThat(least).isGreaterThan(0).isLessThanOrEqualTo(cheapest * (1 + 1e-9));
                compared++;
                attained += least >= cheapest * (1 - 1e-9) ? 1 : 0;
            }
        }
        assertThat(compared).isGreaterThan(CLUSTERS / 4);
        assertThat((double) attained / compared).isGreaterThan(0.9);
    }

    @Test
    void plansForTheLeastCostStateTheBoundAndTheCheckerAcceptsIt() {
        PlanningProblem problem = PlanningProblem.of(Clusters.mixed20(), Models.llama2_70b(), Workloads.hpld());
        ServingPlan plan = planned(Planners.plan("partiflow", problem, cheapest(2), Long.MAX_VALUE));
        ServingPlan.LeastCost least = plan.certificate().leastCost();
        assertThat(least).isNotNull();
        assertThat(least.lowerBoundUsdPerHour())
                .isBetween(0.5 * plan.cost().usdPerHour(), plan.cost().usdPerHour());
        assertThat(PlanChecker.violations(problem, Planners.roofline(problem), plan))
                .isEmpty();
    }

    @Test
    void aLargeClusterHasABoundByNodeClasses() {
        PlanningProblem problem =
                PlanningProblem.of(Clusters.nodesOfEight(8, 2), Models.llama2_70b(), Workloads.hpld());
        ServingPlan plan = planned(Planners.plan("partiflow", problem, cheapest(4), 300));
        ServingPlan.LeastCost least = plan.certificate().leastCost();
        assertThat(least).isNotNull();
        assertThat(least.lowerBoundUsdPerHour()).isGreaterThan(0);
        assertThat(least.costGap())
                .isCloseTo(1 - least.lowerBoundUsdPerHour() / plan.cost().usdPerHour(), within(1e-9));
    }

    private static double bound(PlanningProblem problem, PlanningOptions options) {
        Search search =
                new Search(new PlanningRequest(problem, Planners.roofline(problem), options, SolveControl.unlimited()));
        Layout layout = search.best(SearchSpace.MIXED, List.of(), false);
        assertThat(layout).isNotNull();
        return search.leastUsdPerHour(layout);
    }

    private static PlanningOptions cheapest(double requestsPerSecond) {
        return new PlanningOptions(
                "spectral-kl",
                "push-relabel",
                PlanningOptions.Refinement.GUIDED,
                Objective.COST,
                requestsPerSecond,
                42);
    }

    private static ServingPlan planned(PlanningResult result) {
        return ((PlanningResult.Planned) result).plan();
    }
}
