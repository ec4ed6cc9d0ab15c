package org.partiflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BadInputTest {
    @TempDir
    private Path directory = Path.of("");

    private String cluster = "";

    @BeforeEach
    void writeCluster() throws IOException {
        cluster = Clusters.small(directory).toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--time-limit 30|has no unit",
                "--time-limit 0s|must be above zero",
                "--threads 0|--threads must be at least 1",
                "--max-evaluations -1|--max-evaluations must not be negative",
                "--planner best|choose from: ",
                "--partitioner best|choose from: ",
                "--flow best|choose from: ",
                "--objective fastest|--objective",
                "--refinement much|--refinement",
                "--rate -3|must be above zero",
                "--rate x|is not a quantity",
                "--weights fp7|--weights",
                "--kv int4|--kv",
                "--kv-protocol pigeon|choose from: ",
                "--seed pi|--seed",
                "--format xml|--format",
                "--out /nonexistent/plan.json|its directory does not exist",
                "--sead 3|--seed"
            })
    void namesTheBadOptionAndWhatToDo(String options, String expected) {
        assertUsageError(plan(options.split(" ")), expected);
    }

    @Test
    void reportsTheProblemsOfAllFilesAtOnce() throws IOException {
        Path bad = Files.writeString(
                directory.resolve("bad.yaml"),
                "partiflow: cluster/1\nname: x\nnodez: []\nnodes:\n  - {id: a, gpu: T5, count: 0}\n");
        Outcome outcome = Outcome.of("plan", "--cluster", bad.toString(), "--model", "lama-2-7b", "--workload", "nope");
        assertUsageError(outcome, "nodez");
        assertThat(outcome.err()).contains("T5", "lama-2-7b", "nope", "did you mean");
    }

    @Test
    void refusesToOverwriteAnInput() throws IOException {
        byte[] before = Files.readAllBytes(Path.of(cluster));
        assertUsageError(plan("--out", cluster), "is an input");
        assertThat(Path.of(cluster)).hasBinaryContent(before);
    }

    @Test
    void refusesTwoOutputsOfOneName() {
        String out = directory.resolve("x.json").toString();
        assertUsageError(plan("--out", out, "--stats", out), "two outputs");
        assertThat(Path.of(out)).doesNotExist();
    }

    @Test
    void refusesADirectoryAsOutput() {
        assertUsageError(plan("--out", directory.toString()), "is a directory");
    }

    @Test
    void needsACommandThatExists() {
        assertUsageError(Outcome.of(), "a command is missing");
        assertUsageError(Outcome.of("plam"), "plan");
        assertUsageError(Outcome.of("plan"), "--cluster");
        assertUsageError(Outcome.of("list", "gnus"), "KIND");
    }

    @Test
    void refusesAPlanThatIsNone() throws IOException {
        Path plan = Files.writeString(directory.resolve("plan.json"), "{\"partiflow\": \"plan/9\"}");
        for (String command : List.of("check", "simulate")) {
            Outcome outcome = Outcome.of(
                    command,
                    "--plan",
                    plan.toString(),
                    "--cluster",
                    cluster,
                    "--model",
                    "llama-2-7b",
                    "--workload",
                    "HPLD");
            assertUsageError(outcome, "plan.json");
        }
    }

    @Test
    void explainsPredictionsThatCannotBe() {
        assertUsageError(Outcome.of("predict", "--gpu", "H100x", "--model", "llama-2-7b", "--prompt", "5"), "H100x");
        assertUsageError(Outcome.of("predict", "--gpu", "T4", "--model", "llama-2-7b"), "--prompt");
        assertUsageError(
                Outcome.of("predict", "--gpu", "T4", "--model", "llama-2-7b", "--prompt", "5", "--tp", "2"), "--link");
    }

    private Outcome plan(String... options) {
        String[] fixed = {"plan", "--cluster", cluster, "--model", "llama-2-7b", "--workload", "HPLD"};
        String[] all = new String[fixed.length + options.length];
        System.arraycopy(fixed, 0, all, 0, fixed.length);
        System.arraycopy(options, 0, all, fixed.length, options.length);
        return Outcome.of(all);
    }

    private static void assertUsageError(Outcome outcome, String expected) {
        assertThat(outcome.err()).contains(expected).doesNotContain("Exception", "\tat ");
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.code()).isEqualTo(ExitCodes.USAGE);
    }
}
