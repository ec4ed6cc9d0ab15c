package org.partiflow.solvers.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitrary;
import org.junit.jupiter.api.Test;
import org.partiflow.api.PlanningOptions;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.result.PlanningResult;
import org.partiflow.api.workload.Workload;
import org.partiflow.testkit.Clusters;
import org.partiflow.testkit.Models;
import org.partiflow.testkit.Workloads;

/** On tiny clusters the planner is compared with every plan there is. */
class ExhaustiveAgreementTest {
    private static final int CLUSTERS = 120;

    @Test
    void thePlannerFindsTheBestOfAllPlansOnTinyClusters() {
        Arbitrary<Cluster> clusters = Clusters.any(5);
        List<Workload> workloads =
                List.of(Workloads.hpld(), Workloads.hphd(), Workloads.lphd(), Workloads.lpld());
        int compared = 0;
        int equal = 0;
        java.util.Random random = new java.util.Random(5);
        var generator = clusters.generator(1000);
        for (int i = 0; i < CLUSTERS; i++) {
            Cluster cluster = generator.next(random).value();
            PlanningProblem problem = PlanningProblem.of(cluster, Models.llama2_7b(), workloads.get(i % 4));
            PlanningResult exact = Planners.plan("exhaustive", problem, PlanningOptions.DEFAULT, Long.MAX_VALUE);
            PlanningResult found = Planners.plan("partiflow", problem, PlanningOptions.DEFAULT, Long.MAX_VALUE);
            assertThat(found.getClass()).isEqualTo(exact.getClass());
            if (exact instanceof PlanningResult.Planned planned) {
                double best = Planners.value(exact);
                double bound = planned.plan().certificate().upperBoundRequestsPerSecond();
                assertThat(bound).isGreaterThanOrEqualTo(best * (1 - 1e-9));
                assertThat(Planners.value(found)).isLessThanOrEqualTo(best * (1 + 1e-6));
                compared++;
                equal += Planners.value(found) >= best * (1 - 1e-6) ? 1 : 0;
            }
        }
        assertThat(compared).isGreaterThan(CLUSTERS / 4);
        assertThat((double) equal / compared).isGreaterThanOrEqualTo(0.99);
    }
}
