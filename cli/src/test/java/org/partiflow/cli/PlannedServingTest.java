package org.partiflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plans say how their engines are run, so that check and simulate need no repeated options. */
class PlannedServingTest {
    @TempDir
    private Path directory = Path.of("");

    private Path cluster = Path.of("");
    private Path plan = Path.of("");

    @BeforeEach
    void plan() throws IOException {
        cluster = Clusters.small(directory);
        plan = directory.resolve("plan.json");
        Outcome planned = run(
                "plan",
                "llama-2-7b",
                "--weights",
                "fp8",
                "--kv",
                "fp8",
                "--memory-utilization",
                "0.7",
                "--max-num-seqs",
                "64",
                "--out",
                plan.toString());
        assertThat(planned.code()).as(planned.err()).isZero();
    }

    private Outcome run(String command, String model, String... more) {
        List<String> line = new ArrayList<>(
                List.of(command, "--cluster", cluster.toString(), "--model", model, "--workload", "HPLD"));
        if (!command.equals("plan")) {
            line.addAll(List.of("--plan", plan.toString()));
        }
        line.addAll(List.of(more));
        return Outcome.of(line.toArray(String[]::new));
    }

    @Test
    void checkAndSimulateNeedNoRepeatedOptions() {
        assertThat(plan).content().contains("\"weights\": \"fp8\"", "\"maxSequences\": 64");
        Outcome checked = run("check", "llama-2-7b");
        assertThat(checked.code()).as(checked.out() + checked.err()).isZero();
        assertThat(checked.err()).isEmpty();
        Outcome simulated = run("simulate", "llama-2-7b", "--requests", "100", "--rate", "1");
        assertThat(simulated.code()).as(simulated.err()).isZero();
        assertThat(simulated.err()).doesNotContain("not valid");
        assertThat(run("check", "llama-2-7b", "--weights", "fp8", "--max-num-seqs", "64")
                        .code())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--weights int4|--weights int4 contradicts the plan, which was made with fp8",
                "--kv fp16|--kv fp16 contradicts the plan, which was made with fp8",
                "--memory-utilization 0.9|contradicts the plan, which was made with 0.7",
                "--max-num-batched-tokens 512|contradicts the plan, which was made with 8192",
                "--max-num-seqs 63|contradicts the plan, which was made with 64"
            })
    void anOptionThatContradictsThePlanIsAnError(String options, String expected) {
        for (String command : List.of("check", "simulate")) {
            Outcome outcome = run(command, "llama-2-7b", options.split(" "));
            assertThat(outcome.code()).isEqualTo(ExitCodes.USAGE);
            assertThat(outcome.err()).contains(expected);
            assertThat(outcome.out()).isEmpty();
        }
    }

    @Test
    void aPlanForAnotherClusterOrModelIsAnErrorThatNamesBoth() throws IOException {
        Files.writeString(cluster, Files.readString(cluster).replace("name: test", "name: other"));
        Outcome outcome = run("simulate", "llama-2-7b");
        assertThat(outcome.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(outcome.err()).containsPattern("'test' \\(SHA-256 [0-9a-f]{64}\\).*'other' \\(SHA-256 [0-9a-f]{64}");
        Clusters.small(directory);
        assertThat(run("check", "llama-3.1-8b").err()).contains("'llama-2-7b'", "'llama-3.1-8b'");
    }
}
