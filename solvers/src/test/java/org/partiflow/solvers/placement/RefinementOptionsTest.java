package org.partiflow.solvers.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.partiflow.api.Objective;
import org.partiflow.api.PlanningOptions;
import org.partiflow.api.PlanningOptions.Refinement;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.check.PlanChecker;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.result.PlanningResult;
import org.partiflow.testkit.Clusters;
import org.partiflow.testkit.Models;
import org.partiflow.testkit.Workloads;

/** Every ablation of HexGen-2 is reached by options: any partitioner, with any refinement or none. */
class RefinementOptionsTest {
    private static final PlanningProblem PROBLEM =
            PlanningProblem.of(Clusters.mixed20(), Models.llama2_70b(), Workloads.hphd());

    @ParameterizedTest
    @CsvSource({"spectral-kl", "multilevel", "greedy", "random"})
    void anyPartitionerWithAnyRefinement(String partitioner) {
        double unrefined = plan(partitioner, Refinement.NONE).throughput().requestsPerSecond();
        assertThat(unrefined).isPositive();
        for (Refinement refinement : new Refinement[] {Refinement.RANDOM, Refinement.GUIDED}) {
            ServingPlan plan = plan(partitioner, refinement);
            assertThat(plan.generator().refinement())
                    .isEqualTo(refinement.name().toLowerCase(Locale.ROOT));
            assertThat(plan.throughput().requestsPerSecond())
                    .as(partitioner + " " + refinement)
                    .isGreaterThanOrEqualTo(unrefined);
        }
    }

    private static ServingPlan plan(String partitioner, Refinement refinement) {
        PlanningOptions options =
                new PlanningOptions(partitioner, "push-relabel", refinement, Objective.THROUGHPUT, 0, 3);
        PlanningResult result = Planners.plan("hexgen2", PROBLEM, options, 600);
        ServingPlan plan = ((PlanningResult.Planned) result).plan();
        assertThat(PlanChecker.violations(PROBLEM, Planners.roofline(PROBLEM), plan))
                .isEmpty();
        return plan;
    }
}
