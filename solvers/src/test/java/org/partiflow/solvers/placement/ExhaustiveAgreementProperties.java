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
import org.partiflow.api.PlanningOptions;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.result.PlanningResult;
import org.partiflow.api.workload.Workload;
import org.partiflow.testkit.Clusters;
import org.partiflow.testkit.Models;
import org.partiflow.testkit.Workloads;

/** On tiny clusters the planner is compared with every plan there is. */
class ExhaustiveAgreementProperties {
    private static final int CLUSTERS = 500;

    @Provide
    Arbitrary<List<Cluster>> clusters() {
        return Clusters.any(6).list().ofSize(CLUSTERS);
    }

    @Property(tries = 1, seed = "5", shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void thePlannerFindsTheBestOfAllPlansOnTinyClusters(@ForAll("clusters") List<Cluster> clusters) {
        List<Workload> workloads = List.of(Workloads.hpld(), Workloads.hphd(), Workloads.lphd(), Workloads.lpld());
        int compared = 0;
        int equal = 0;
        for (int i = 0; i < CLUSTERS; i++) {
            PlanningProblem problem = PlanningProblem.of(clusters.get(i), Models.llama2_7b(), workloads.get(i % 4));
            PlanningResult exact = Planners.plan("exhaustive", problem, PlanningOptions.DEFAULT, Long.MAX_VALUE);
            PlanningResult found = Planners.plan("partiflow", problem, PlanningOptions.DEFAULT, Long.MAX_VALUE);
            PlanningResult byProgram = Planners.plan("pattern-ilp", problem, PlanningOptions.DEFAULT, Long.MAX_VALUE);
            assertThat(found.getClass()).isEqualTo(exact.getClass());
            assertThat(byProgram.getClass()).isEqualTo(exact.getClass());
            if (exact instanceof PlanningResult.Planned planned) {
                double best = Planners.value(exact);
                assertThat(Planners.value(byProgram)).isCloseTo(best, within(1e-6 * best));
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
