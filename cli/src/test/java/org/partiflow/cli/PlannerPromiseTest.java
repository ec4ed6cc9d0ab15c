package org.partiflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.partiflow.api.PlanningOptions;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.PlanningRequest;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.cost.CostModel;
import org.partiflow.api.report.SimulationReport;
import org.partiflow.api.result.PlanningResult;
import org.partiflow.api.spi.CostModelFactory;
import org.partiflow.api.spi.Planner;
import org.partiflow.api.spi.Strategies;
import org.partiflow.io.Catalogue;
import org.partiflow.simulator.Backlog;
import org.partiflow.simulator.Extent;
import org.partiflow.simulator.OfferedLoad;
import org.partiflow.simulator.SimulationOptions;
import org.partiflow.simulator.SimulationRequest;
import org.partiflow.simulator.SimulationResult;
import org.partiflow.simulator.Simulator;
import org.partiflow.testkit.Clusters;

/** What the planner promises, the simulator confirms. */
class PlannerPromiseTest {
    private static final int REQUESTS = 25_000;

    private static SimulationRequest plan(String planner, Cluster cluster, String model, String workload) {
        PlanningProblem problem = PlanningProblem.of(
                cluster,
                Catalogue.findModel(model).orElseThrow().value(),
                Catalogue.findWorkload(workload).orElseThrow().value());
        CostModel costModel =
                Strategies.named(CostModelFactory.class, "roofline").create(problem);
        PlanningResult result = Strategies.named(Planner.class, planner)
                .plan(new PlanningRequest(
                        problem, costModel, PlanningOptions.DEFAULT, SolveControl.evaluations(3_000)));
        return SimulationRequest.of(
                problem,
                costModel,
                ((PlanningResult.Planned) result).plan(),
                SimulationOptions.DEFAULT.withExtent(Extent.ofRequests(REQUESTS)));
    }

    private static SimulationResult replay(SimulationRequest request, double load) {
        double rate = load * request.plan().throughput().requestsPerSecond();
        return new Simulator()
                .run(request.withOptions(
                        request.options().withLoad(OfferedLoad.atRate(rate)).withDrain(false)));
    }

    @ParameterizedTest
    @CsvSource({
        "hexgen2, llama-2-70b, HPHD",
        "colocated, llama-2-70b, LPLD",
        "partiflow, llama-2-70b, HPLD",
        "partiflow, opt-30b, HPHD"
    })
    void aSaturatedPlanServesWhatItPromises(String planner, String model, String workload) {
        SimulationRequest request = plan(planner, Clusters.mixed20(), model, workload);
        SimulationReport report = replay(request, 1.5).report();
        assertThat(report.throughput().requestsPerSecond()
                        / request.plan().throughput().requestsPerSecond())
                .isBetween(0.9, 1.1);
    }

    @ParameterizedTest
    @CsvSource({
        "hexgen2, mixed-20, llama-2-70b, LPHD",
        "partiflow, mixed-20, llama-2-70b, HPLD",
        "colocated, mixed-20, opt-30b, LPLD",
        "partiflow, homogeneous-8, llama-2-70b, HPHD",
        "hexgen2, two-zones-20, opt-30b, HPLD"
    })
    void aLittleBelowThePromiseIsStableAndALittleAboveGrows(
            String planner, String cluster, String model, String workload) {
        Cluster on = switch (cluster) {
            case "mixed-20" -> Clusters.mixed20();
            case "two-zones-20" -> Clusters.twoZones20();
            default -> Clusters.homogeneous8();
        };
        SimulationRequest request = plan(planner, on, model, workload);
        assertThat(Backlog.growth(replay(request, 0.95).records())).isLessThan(0.01);
        assertThat(Backlog.growth(replay(request, 1.05).records())).isGreaterThan(0.01);
    }
}
