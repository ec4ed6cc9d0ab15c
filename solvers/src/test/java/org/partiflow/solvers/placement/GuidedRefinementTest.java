package org.partiflow.solvers.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.partiflow.api.Objective;
import org.partiflow.api.PlanningOptions;
import org.partiflow.api.PlanningOptions.Refinement;
import org.partiflow.api.PlanningProblem;
import org.partiflow.testkit.Clusters;
import org.partiflow.testkit.Models;
import org.partiflow.testkit.Workloads;

/** HexGen-2's ablation at equal evaluations, where KV links bind: in the median over seeds guided moves come first. */
class GuidedRefinementTest {
    private static final PlanningProblem PROBLEM =
            PlanningProblem.of(Clusters.twoZones20(), Models.opt30b(), Workloads.hpld());
    private static final int SEEDS = 5;

    @ParameterizedTest
    @ValueSource(longs = {300, 1000})
    void guidedMovesBeatRandomOnesAndTheGeneticAlgorithm(long evaluations) {
        double guided = median("hexgen2", Refinement.GUIDED, evaluations);
        assertThat(guided).isGreaterThan(median("hexgen2", Refinement.RANDOM, evaluations));
        assertThat(guided).isGreaterThan(median("hexgen2", Refinement.NONE, evaluations));
        if (evaluations >= 1000) {
            assertThat(guided).isGreaterThan(median("hexgen2-ga", Refinement.NONE, evaluations));
        }
    }

    private static double median(String planner, Refinement refinement, long evaluations) {
        double[] values = new double[SEEDS];
        for (int seed = 0; seed < SEEDS; seed++) {
            PlanningOptions options =
                    new PlanningOptions("spectral-kl", "push-relabel", refinement, Objective.THROUGHPUT, 0, 1 + seed);
            values[seed] = Planners.value(Planners.plan(planner, PROBLEM, options, evaluations));
        }
        Arrays.sort(values);
        return values[SEEDS / 2];
    }
}
