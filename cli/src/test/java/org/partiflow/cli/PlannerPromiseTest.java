package org.partiflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.partiflow.api.PlanningOptions;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.PlanningRequest;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.cost.CostModel;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.report.SimulationReport;
import org.partiflow.api.result.PlanningResult;
import org.partiflow.api.spi.CostModelFactory;
import org.partiflow.api.spi.Planner;
import org.partiflow.api.spi.Strategies;
import org.partiflow.io.Catalogue;
import org.partiflow.simulator.Extent;
import org.partiflow.simulator.OfferedLoad;
import org.partiflow.simulator.SimulationOptions;
import org.partiflow.simulator.SimulationRequest;
import org.partiflow.simulator.Simulator;
import org.partiflow.testkit.Clusters;

/** What the planner promises, the simulator confirms: saturated, within a tenth. */
class PlannerPromiseTest {
    @ParameterizedTest
    @CsvSource({
        "hexgen2, llama-2-70b, HPHD",
        "colocated, llama-2-70b, LPLD",
        "partiflow, llama-2-70b, HPLD",
        "partiflow, opt-30b, HPHD"
    })
    void aSaturatedPlanServesWhatItPromises(String planner, String model, String workload) {
        PlanningProblem problem = PlanningProblem.of(
                Clusters.mixed20(),
                Catalogue.findModel(model).orElseThrow().value(),
                Catalogue.findWorkload(workload).orElseThrow().value());
        CostModel costModel =
                Strategies.named(CostModelFactory.class, "roofline").create(problem);
        PlanningResult result = Strategies.named(Planner.class, planner)
                .plan(new PlanningRequest(
                        problem, costModel, PlanningOptions.DEFAULT, SolveControl.evaluations(3_000)));
        ServingPlan plan = ((PlanningResult.Planned) result).plan();
        SimulationOptions saturated =
                SimulationOptions.DEFAULT.withLoad(OfferedLoad.saturating()).withExtent(Extent.ofRequests(25_000));
        SimulationReport report = new Simulator()
                .run(SimulationRequest.of(problem, costModel, plan, saturated))
                .report();
        assertThat(report.throughput().requestsPerSecond() / plan.throughput().requestsPerSecond())
                .isBetween(0.9, 1.1);
    }
}
