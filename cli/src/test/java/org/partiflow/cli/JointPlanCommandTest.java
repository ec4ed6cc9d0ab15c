package org.partiflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.partiflow.io.JointPlanReader;
import org.partiflow.io.JointPlanWriter;

/** Several models share a cluster: planned, checked together and one by one, and told apart by every other command. */
class JointPlanCommandTest {
    private static final String[] BOTH = {
        "--model", "llama-2-7b", "--workload", "HPLD", "--model", "llama-3.1-8b", "--workload", "LPHD"
    };
    private static final String[] SECOND = {"--model", "llama-3.1-8b", "--workload", "LPHD"};

    @TempDir
    private static Path shared = Path.of("");

    private static Path cluster = Path.of("");
    private static Path plan = Path.of("");

    @BeforeAll
    static void plan() throws IOException {
        cluster = Clusters.small(shared);
        plan = shared.resolve("joint.json");
        Outcome planned = run("plan", BOTH, "--out", plan.toString(), "--report", shared + "/joint.html");
        assertThat(planned.code()).as(planned.err()).isZero();
        assertThat(planned.out())
                .contains("2 models on test (4 GPUs)")
                .contains("of its required rate")
                .contains("--- llama-2-7b on test")
                .contains("--- llama-3.1-8b on test")
                .contains("shares the cluster with llama-3.1-8b");
    }

    private static Outcome run(String command, String[] problem, String... more) {
        List<String> line = new ArrayList<>(List.of(command, "--cluster", cluster.toString()));
        line.addAll(List.of(problem));
        line.addAll(List.of(more));
        return Outcome.of(line.toArray(String[]::new));
    }

    @Test
    void theFileReadsBackAsItWasWritten() throws IOException {
        byte[] bytes = Files.readAllBytes(plan);
        assertThat(new JointPlanWriter()
                        .toBytes(new JointPlanReader().readOrThrow(plan).value()))
                .isEqualTo(bytes);
        assertThat(new String(bytes, StandardCharsets.UTF_8)).startsWith("{\n  \"partiflow\": \"joint-plan/1\"");
        assertThat(Files.readString(shared.resolve("joint.html"))).contains("2 models on test", "no. 2", "</html>");
        Outcome json = run("plan", BOTH, "--format", "json");
        assertThat(json.out()).isEqualTo(new String(bytes, StandardCharsets.UTF_8));
    }

    @Test
    void theWholeAndEveryPartAreChecked() throws IOException {
        Outcome whole = run("check", BOTH, "--plan", plan.toString());
        assertThat(whole.code()).as(whole.out() + whole.err()).isZero();
        Outcome part = run("check", SECOND, "--plan", plan.toString());
        assertThat(part.code()).as(part.out() + part.err()).isZero();
        Path boast = Files.writeString(
                shared.resolve("boast.json"),
                Files.readString(plan).replaceFirst("\"servedShare\": [0-9.]+", "\"servedShare\": 99"));
        Outcome wrong = run("check", BOTH, "--plan", boast.toString());
        assertThat(wrong.code()).isEqualTo(ExitCodes.FAILED);
        assertThat(wrong.out()).contains("[servedShare]");
    }

    @Test
    void otherCommandsTakeThePartThatIsMeant() {
        Outcome simulated = run("simulate", SECOND, "--plan", plan.toString(), "--requests", "300");
        assertThat(simulated.code()).as(simulated.err()).isZero();
        Outcome exported =
                run("export", SECOND, "--plan", plan.toString(), "--format", "vllm", "--out", shared + "/vllm");
        assertThat(exported.code()).as(exported.err()).isZero();
        Outcome compared = Outcome.of(
                "compare",
                plan.toString(),
                plan.toString(),
                "--cluster",
                cluster.toString(),
                "--model",
                "llama-2-7b",
                "--workload",
                "HPLD",
                "--requests",
                "300");
        assertThat(compared.code()).as(compared.err()).isZero();
        Outcome none = run(
                "simulate", new String[] {"--model", "llama-2-7b", "--workload", "LPHD"}, "--plan", plan.toString());
        assertThat(none.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(none.err())
                .contains("holds the plans of llama-2-7b under HPLD, llama-3.1-8b under LPHD")
                .contains("is none of them");
    }

    @Test
    void saysWhatIsMissingOrTooMuch() throws IOException {
        assertUsage(
                run("plan", new String[] {"--model", "llama-2-7b", "--model", "llama-3.1-8b", "--workload", "HPLD"}),
                "--model is given 2 times and --workload once: give one --workload for each --model");
        assertUsage(
                run("plan", BOTH, "--rate", "1/s", "--rate", "2/s", "--rate", "3/s"), "--rate is given 3 times for 2");
        assertUsage(run("plan", BOTH, "--objective", "cost"), "--objective cost is for one model");
        assertUsage(run("plan", BOTH, "--objective", "cost", "--explain"), "--explain");
        assertUsage(
                run("plan", BOTH, "--weights", "fp8", "--weights", "fp16", "--weights", "fp8"),
                "--weights is given 3 times for 2 models");
        assertUsage(run("simulate", BOTH, "--plan", plan.toString()), "only plan and check take several");
        assertUsage(
                run("check", new String[] {"--model", "opt-30b", "--workload", "HPLD"}, "--plan", plan.toString()),
                "opt-30b under HPLD is none of them");
        Path silent = Files.writeString(
                shared.resolve("silent.yaml"),
                "partiflow: workload/1\nname: silent\nrequests:\n  classes:\n"
                        + "    - {name: a, share: 1.0, promptTokens: 100, outputTokens: 10}\n");
        assertUsage(
                run("plan", new String[] {
                    "--model",
                    "llama-2-7b",
                    "--workload",
                    silent.toString(),
                    "--model",
                    "llama-3.1-8b",
                    "--workload",
                    "HPLD"
                }),
                "workload 'silent' of llama-2-7b states no rate");
        assertUsage(
                run("replan", SECOND, "--plan", plan.toString()), "holds the plans of 2 models that share a cluster");
    }

    @Test
    void everyProblemOfEveryFileIsTold() {
        Outcome bad =
                run("plan", new String[] {"--model", "x1", "--workload", "HPLD", "--model", "x2", "--workload", "y2"});
        assertThat(bad.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(bad.err()).contains("x1", "x2", "y2");
    }

    @Test
    void theRequiredRatesDecideWhoGetsWhat() {
        Outcome much = run("plan", BOTH, "--rate", "0.1/s", "--rate", "1000/s");
        assertThat(much.code()).as(much.err()).isZero();
        assertThat(much.out()).contains("the required rates cannot all be served");
        Outcome none = Outcome.of(
                "plan",
                "--cluster",
                cluster.toString(),
                "--model",
                "llama-3.1-70b",
                "--workload",
                "HPLD",
                "--model",
                "llama-3.1-70b",
                "--workload",
                "LPLD");
        assertThat(none.code()).isEqualTo(ExitCodes.FAILED);
        assertThat(none.err()).contains("no feasible plan").contains("can be served alone");
    }

    private static void assertUsage(Outcome outcome, String message) {
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(ExitCodes.USAGE);
        assertThat(outcome.err()).contains(message).doesNotContain("\tat ");
    }
}
