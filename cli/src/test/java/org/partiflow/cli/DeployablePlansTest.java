package org.partiflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.partiflow.api.PlanningOptions;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.PlanningRequest;
import org.partiflow.api.TargetEngine;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.result.PlanningResult;
import org.partiflow.api.spi.CostModelFactory;
import org.partiflow.api.spi.Planner;
import org.partiflow.api.spi.Strategies;
import org.partiflow.interop.exports.ExportRequest;
import org.partiflow.interop.exports.ExportSettings;
import org.partiflow.interop.exports.Exporters;
import org.partiflow.testkit.Models;
import org.partiflow.testkit.Workloads;

/** {@code plan --engine}: what it plans can be exported, it says what that costs, and check knows. */
class DeployablePlansTest {
    private static final ExportSettings SETTINGS = new ExportSettings("meta-llama/Llama-2-70b-hf", "", "plan", 8100);

    @TempDir
    private Path directory = Path.of("");

    @ParameterizedTest
    @EnumSource(
            value = TargetEngine.class,
            names = {"VLLM", "SGLANG"})
    void exportersHaveNoObstacles(TargetEngine engine) {
        for (var cluster : List.of(
                org.partiflow.testkit.Clusters.mixed20(),
                org.partiflow.testkit.Clusters.twoZones20(),
                org.partiflow.testkit.Clusters.mixed22())) {
            PlanningProblem free = PlanningProblem.of(cluster, Models.llama2_70b(), Workloads.lphd());
            PlanningProblem problem = free.withServing(free.serving().withEngine(engine));
            PlanningResult result = Strategies.named(Planner.class, "partiflow")
                    .plan(new PlanningRequest(
                            problem,
                            Strategies.named(CostModelFactory.class, "roofline").create(problem),
                            PlanningOptions.DEFAULT,
                            SolveControl.evaluations(800)));
            assertThat(result).isInstanceOf(PlanningResult.Planned.class);
            ExportRequest request = new ExportRequest(((PlanningResult.Planned) result).plan(), problem, SETTINGS);
            assertThat(Exporters.of(engine.label()).obstacles(request)).isEmpty();
        }
    }

    @Test
    void planSaysWhatTheEngineCostsAndCheckHoldsThePlanToIt() throws IOException {
        Path cluster = Clusters.small(directory);
        Path plan = directory.resolve("plan.json");
        Outcome planned = run("plan", cluster, "--engine", "sglang", "--out", plan.toString());
        assertThat(planned.code()).as(planned.err()).isZero();
        assertThat(planned.out()).containsPattern("Engine +deployable with sglang, which costs");
        assertThat(planned.out()).contains("without --engine sglang");
        assertThat(plan).content().contains("\"engine\": \"sglang\"");
        Outcome checked = run("check", cluster, "--plan", plan.toString());
        assertThat(checked.code()).as(checked.out() + checked.err()).isZero();
        Files.writeString(plan, Files.readString(plan).replace("\"sglang\"", "\"other\""));
        assertThat(run("check", cluster, "--plan", plan.toString()).err()).contains("engine", "other", "sglang");
    }

    @Test
    void anEngineThatCannotSendTheEncodingIsAnErrorInOneLine() throws IOException {
        Outcome planned =
                run("plan", Clusters.small(directory), "--engine", "vllm", "--kv-protocol", "rdma-gdr/bulk/int4");
        assertThat(planned.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(planned.err())
                .contains("engine vllm sends KV caches as they are stored")
                .hasLineCount(1);
        assertThat(planned.out()).isEmpty();
    }

    @Test
    void openChoicesOfHexGen2AreOptionsOfItsPlanner() throws IOException {
        Path cluster = Clusters.small(directory);
        Outcome planned = run(
                "plan",
                cluster,
                "--planner",
                "hexgen2",
                "--hexgen2",
                "group-counts=2",
                "--hexgen2",
                "work=500",
                "--format",
                "json");
        assertThat(planned.code()).as(planned.err()).isZero();
        assertThat(planned.out()).contains("\"strategy\": \"hexgen2 group-counts=2 work=500\"");
        Outcome wrong = run("plan", cluster, "--planner", "hexgen2", "--hexgen2", "group-counts=0");
        assertThat(wrong.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(wrong.err()).contains("group-counts must be in [1, 1000]").hasLineCount(1);
        assertThat(run("plan", cluster, "--hexgen2", "work=500").err()).contains("--hexgen2 is for --planner hexgen2");
    }

    private static Outcome run(String command, Path cluster, String... more) {
        List<String> line = new ArrayList<>(
                List.of(command, "--cluster", cluster.toString(), "--model", "llama-2-7b", "--workload", "HPLD"));
        line.addAll(List.of(more));
        return Outcome.of(line.toArray(String[]::new));
    }
}
