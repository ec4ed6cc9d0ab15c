package org.partiflow.solvers.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.partiflow.api.PlanningOptions;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.PlanningRequest;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.cluster.Fabric;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.result.PlanningResult;
import org.partiflow.solvers.lp.IntegerSolver;
import org.partiflow.solvers.lp.PackingLp;
import org.partiflow.solvers.ojalgo.OjAlgoIntegerSolver;
import org.partiflow.testkit.Clusters;
import org.partiflow.testkit.Models;
import org.partiflow.testkit.Workloads;

class PatternIlpBackendTest {
    /** A backend that is not there. */
    private static final IntegerSolver MISSING = new IntegerSolver() {
        @Override
        public String name() {
            return "missing";
        }

        @Override
        public Optional<String> unavailable() {
            return Optional.of("not installed");
        }

        @Override
        public Optional<double[]> maximise(PackingLp program, boolean[] integer) {
            throw new IllegalStateException("asked although it is not available");
        }
    };

    /** Backends that do not do what they promise. */
    private enum Fault implements IntegerSolver {
        FAILS,
        EVERYTHING,
        ORIGIN;

        @Override
        public Optional<String> unavailable() {
            return Optional.empty();
        }

        @Override
        public Optional<double[]> maximise(PackingLp program, boolean[] integer) {
            double[] x = new double[program.columns()];
            Arrays.fill(x, this == EVERYTHING ? 1 : 0);
            return this == FAILS ? Optional.empty() : Optional.of(x);
        }
    }

    private static PlanningProblem six() {
        Cluster mixed = Clusters.mixed20();
        Cluster cluster = new Cluster(
                "six",
                java.util.List.of(
                        Clusters.node(
                                "a", Clusters.A100_PCIE, 2, "z", mixed.node(1).intraNode()),
                        Clusters.node("l", Clusters.L40, 4, "z", mixed.node(3).intraNode())),
                Fabric.NIC_ONLY,
                java.util.List.of());
        return PlanningProblem.of(cluster, Models.llama2_7b(), Workloads.hphd());
    }

    private static ServingPlan plan(IntegerSolver solver) {
        PlanningProblem problem = six();
        PlanningResult result = new PatternIlpPlanner(solver)
                .plan(new PlanningRequest(
                        problem, Planners.roofline(problem), PlanningOptions.DEFAULT, SolveControl.unlimited()));
        return ((PlanningResult.Planned) result).plan();
    }

    @Test
    void withoutTheNativeLibraryOjAlgoFindsTheSameAndThePlanSaysSo() {
        double exact = Planners.value(Planners.plan("exhaustive", six(), PlanningOptions.DEFAULT, Long.MAX_VALUE));
        ServingPlan fallback = plan(MISSING);
        assertThat(fallback.throughput().requestsPerSecond()).isCloseTo(exact, within(1e-6 * exact));
        assertThat(fallback.alternatives())
                .extracting(ServingPlan.Alternative::name)
                .contains("pattern-ilp by ojalgo");
        assertThat(plan(new OjAlgoIntegerSolver()).throughput()).isEqualTo(fallback.throughput());
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void aBackendThatErrsIsReplacedAndThePlanSaysSo(Fault fault) {
        double exact = Planners.value(Planners.plan("exhaustive", six(), PlanningOptions.DEFAULT, Long.MAX_VALUE));
        ServingPlan repaired = plan(fault);
        assertThat(repaired.throughput().requestsPerSecond()).isCloseTo(exact, within(1e-6 * exact));
        // Where the start was the best already, a backend that finds nothing better is not wrong.
        if (fault != Fault.ORIGIN) {
            assertThat(repaired.alternatives())
                    .extracting(ServingPlan.Alternative::name)
                    .anyMatch(name -> name.startsWith("pattern-ilp by " + fault.name()) && name.contains("own branch"));
        }
    }

    @Test
    void aClusterWithTooManyPatternsIsRefusedWithARemedy() {
        PlanningProblem problem = PlanningProblem.of(Clusters.nodesOfEight(8, 2), Models.llama2_7b(), Workloads.hphd());
        assertThatThrownBy(() -> Planners.plan("pattern-ilp", problem, PlanningOptions.DEFAULT, 100))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("use 'partiflow'");
    }
}
