package org.partiflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.partiflow.api.PlanningOptions;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.PlanningRequest;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.cost.CostModel;
import org.partiflow.api.model.TransformerModel;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.report.SimulationReport;
import org.partiflow.api.result.PlanningResult;
import org.partiflow.api.spi.CostModelFactory;
import org.partiflow.api.spi.Planner;
import org.partiflow.api.spi.Strategies;
import org.partiflow.api.workload.Workload;
import org.partiflow.io.Catalogue;
import org.partiflow.io.ClusterReader;
import org.partiflow.io.PlanWriter;
import org.partiflow.simulator.OfferedLoad;
import org.partiflow.simulator.SimulationOptions;
import org.partiflow.simulator.SimulationRequest;
import org.partiflow.simulator.Simulator;

/** Runs the example of README.md, and holds the README to it. */
class ReadmeExampleTest {
    private static final String SOURCE = "src/test/java/org/partiflow/cli/ReadmeExampleTest.java";
    private static final String BEGIN = "        // example begins\n";
    private static final String END = "        // example ends\n";

    @TempDir
    private Path directory = Path.of("");

    @Test
    void exampleRuns() throws IOException {
        Path clusterFile = Clusters.small(directory);
        Path planFile = directory.resolve("plan.json");
        // example begins
        Cluster cluster = new ClusterReader().readOrThrow(clusterFile).value();
        TransformerModel model = Catalogue.findModel("llama-2-7b").orElseThrow().value();
        Workload workload = Catalogue.findWorkload("HPLD").orElseThrow().value();
        PlanningProblem problem = PlanningProblem.of(cluster, model, workload);

        CostModel costs = Strategies.named(CostModelFactory.class, "roofline").create(problem);
        Planner planner = Strategies.named(Planner.class, "partiflow");
        PlanningResult result =
                planner.plan(new PlanningRequest(problem, costs, PlanningOptions.DEFAULT, SolveControl.unlimited()));

        if (result instanceof PlanningResult.Planned planned) {
            ServingPlan plan = planned.plan();
            double rate = 0.5 * plan.throughput().requestsPerSecond();
            SimulationOptions half = SimulationOptions.DEFAULT.withLoad(OfferedLoad.atRate(rate));
            SimulationReport report = new Simulator()
                    .run(SimulationRequest.of(problem, costs, plan, half))
                    .report();
            System.out.println(
                    "p90 TTFT: " + report.latency().timeToFirstTokenSeconds().p90() + " s");
            new PlanWriter().write(plan, planFile);
        } else if (result instanceof PlanningResult.Infeasible infeasible) {
            System.out.println("no plan: " + infeasible.reason());
        }
        // example ends
        assertThat(planFile).exists();
    }

    @Test
    void readmeShowsTheExample() throws IOException {
        String source = Files.readString(Path.of(SOURCE));
        String example = source.substring(source.indexOf(BEGIN) + BEGIN.length(), source.indexOf(END))
                .replaceAll("(?m)^ {8}", "");
        assertThat(Files.readString(Path.of("..", "README.md"))).contains("```java\n" + example + "```");
    }
}
