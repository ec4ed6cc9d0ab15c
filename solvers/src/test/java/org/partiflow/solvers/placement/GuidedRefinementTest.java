package org.partiflow.solvers.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.partiflow.api.Objective;
import org.partiflow.api.PlanningOptions;
import org.partiflow.api.PlanningOptions.Refinement;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.workload.Workload;
import org.partiflow.testkit.Clusters;
import org.partiflow.testkit.Models;
import org.partiflow.testkit.Workloads;

/**
 * HexGen-2's ablation at equal evaluations, where KV links bind: over four workloads, by the geometric mean of medians over
 * seeds, guided moves come first. On a single workload they may lose a little: luck decides which local optimum is met.
 */
class GuidedRefinementTest {
    private static final List<Workload> WORKLOADS =
            List.of(Workloads.hpld(), Workloads.hphd(), Workloads.lphd(), Workloads.lpld());
    private static final int SEEDS = 3;
    private static final double BY_LUCK = 0.985;

    @ParameterizedTest
    @ValueSource(longs = {300, 1000})
    void guidedMovesBeatRandomOnesAndTheGeneticAlgorithm(long evaluations) {
        double[] guided = medians("hexgen2", Refinement.GUIDED, evaluations);
        assertBeats(guided, medians("hexgen2", Refinement.RANDOM, evaluations), "random moves");
        assertBeats(guided, medians("hexgen2", Refinement.NONE, evaluations), "no refinement");
        assertBeats(guided, medians("hexgen2-ga", Refinement.NONE, evaluations), "genetic algorithm");
    }

    private static void assertBeats(double[] guided, double[] others, String name) {
        double logarithms = 0;
        SoftAssertions each = new SoftAssertions();
        for (int i = 0; i < guided.length; i++) {
            logarithms += Math.log(guided[i] / others[i]);
            each.assertThat(guided[i])
                    .as("%s, %s", name, WORKLOADS.get(i).name())
                    .isGreaterThan(BY_LUCK * others[i]);
        }
        each.assertAll();
        assertThat(Math.exp(logarithms / guided.length)).as(name).isGreaterThan(1);
    }

    private static double[] medians(String planner, Refinement refinement, long evaluations) {
        return WORKLOADS.stream()
                .mapToDouble(workload -> median(planner, workload, refinement, evaluations))
                .toArray();
    }

    private static double median(String planner, Workload workload, Refinement refinement, long evaluations) {
        PlanningProblem problem = PlanningProblem.of(Clusters.twoZones20(), Models.opt30b(), workload);
        double[] values = new double[SEEDS];
        for (int seed = 0; seed < SEEDS; seed++) {
            PlanningOptions options =
                    new PlanningOptions("spectral-kl", "push-relabel", refinement, Objective.THROUGHPUT, 0, 1 + seed);
            values[seed] = Planners.value(Planners.plan(planner, problem, options, evaluations));
        }
        Arrays.sort(values);
        return values[SEEDS / 2];
    }
}
