package org.partiflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.partiflow.api.PlanningOptions;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.PlanningRequest;
import org.partiflow.api.check.PlanChecker;
import org.partiflow.api.control.CancellationToken;
import org.partiflow.api.control.ProgressListener;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.cost.CostModel;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.result.PlanningResult;
import org.partiflow.api.spi.CostModelFactory;
import org.partiflow.api.spi.Planner;
import org.partiflow.api.spi.Strategies;
import org.partiflow.io.Catalogue;
import org.partiflow.testkit.Clusters;

/** Plans within 3 % of the best flow are replayed; the winner is a valid plan and says why it was chosen. */
class ReplayTopTest {
    private static PlanningProblem problem(String model, String workload) {
        return PlanningProblem.of(
                Clusters.mixed20(),
                Catalogue.findModel(model).orElseThrow().value(),
                Catalogue.findWorkload(workload).orElseThrow().value());
    }

    private static ServingPlan plan(PlanningProblem problem, int top, int threads) {
        CostModel costModel =
                Strategies.named(CostModelFactory.class, "roofline").create(problem);
        SolveControl control = new SolveControl(
                Long.MAX_VALUE, Optional.empty(), threads, new CancellationToken(), ProgressListener.SILENT);
        PlanningResult result = Strategies.named(Planner.class, "partiflow")
                .plan(new PlanningRequest(problem, costModel, PlanningOptions.DEFAULT.withReplayTop(top), control));
        return ((PlanningResult.Planned) result).plan();
    }

    @ParameterizedTest
    @CsvSource({"llama-2-70b, LPLD", "opt-30b, LPHD"})
    void aReplayedPlanIsNearTheBestFlowAndItsOwnCertificateHolds(String model, String workload) {
        PlanningProblem problem = problem(model, workload);
        ServingPlan byFlow = plan(problem, 0, 1);
        ServingPlan chosen = plan(problem, 3, 1);
        CostModel costModel =
                Strategies.named(CostModelFactory.class, "roofline").create(problem);
        assertThat(PlanChecker.violations(problem, costModel, chosen)).isEmpty();
        assertThat(plan(problem, 3, 2)).isEqualTo(chosen);
        double best = byFlow.throughput().requestsPerSecond();
        double reached = chosen.throughput().requestsPerSecond();
        assertThat(reached).isBetween(0.97 * best, best);
        assertThat(chosen.certificate().upperBoundRequestsPerSecond()).isGreaterThanOrEqualTo(best * (1 - 1e-8));
        if (chosen.warnings().stream().noneMatch(warning -> warning.startsWith("chosen by replay: "))) {
            assertThat(chosen).isEqualTo(byFlow);
        }
    }
}
