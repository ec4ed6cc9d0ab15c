package org.partiflow.solvers.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.partiflow.api.PlanningOptions;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.PlanningRequest;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.result.PlanningResult;
import org.partiflow.api.workload.Workload;
import org.partiflow.solvers.ojalgo.OjAlgoIntegerSolver;
import org.partiflow.testkit.Clusters;
import org.partiflow.testkit.Models;
import org.partiflow.testkit.Workloads;

/** The integer program without native libraries, against every plan there is. */
class PatternIlpOjAlgoProperties {
    private static final int CLUSTERS = 100;

    @Provide
    Arbitrary<List<Cluster>> clusters() {
        return Clusters.any(6).list().ofSize(CLUSTERS);
    }

    @Property(tries = 1, seed = "24", shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void ojAlgoFindsTheBestOfAllPlans(@ForAll("clusters") List<Cluster> clusters) {
        List<Workload> workloads = List.of(Workloads.hpld(), Workloads.hphd(), Workloads.lphd(), Workloads.lpld());
        int compared = 0;
        int replaced = 0;
        for (int i = 0; i < CLUSTERS; i++) {
            PlanningProblem problem = PlanningProblem.of(clusters.get(i), Models.llama2_7b(), workloads.get(i % 4));
            double exact =
                    Planners.value(Planners.plan("exhaustive", problem, PlanningOptions.DEFAULT, Long.MAX_VALUE));
            Optional<ServingPlan> found = planned(problem);
            assertThat(found.isPresent()).isEqualTo(exact > 0);
            if (found.isPresent()) {
                assertThat(found.get().throughput().requestsPerSecond()).isCloseTo(exact, within(1e-6 * exact));
                compared++;
                replaced += found.get().alternatives().stream()
                                .anyMatch(alternative -> alternative.name().contains("own branch"))
                        ? 1
                        : 0;
            }
        }
        assertThat(compared).isGreaterThan(CLUSTERS / 4);
        assertThat(replaced).as("times that ojAlgo's answer was no use").isLessThanOrEqualTo(compared / 10);
    }

    private static Optional<ServingPlan> planned(PlanningProblem problem) {
        PlanningResult result = new PatternIlpPlanner(new OjAlgoIntegerSolver())
                .plan(new PlanningRequest(
                        problem, Planners.roofline(problem), PlanningOptions.DEFAULT, SolveControl.unlimited()));
        return result instanceof PlanningResult.Planned planned ? Optional.of(planned.plan()) : Optional.empty();
    }
}
