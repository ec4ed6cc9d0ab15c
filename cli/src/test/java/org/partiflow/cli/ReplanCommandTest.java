package org.partiflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code replan} writes valid plans and says what changes. */
class ReplanCommandTest {
    @TempDir
    private static Path shared = Path.of("");

    @TempDir
    private Path directory = Path.of("");

    private static Path cluster = Path.of("");
    private static Path plan = Path.of("");

    @BeforeAll
    static void plan() throws IOException {
        cluster = Clusters.small(shared);
        plan = shared.resolve("plan.json");
        Outcome planned = Outcome.of(
                "plan",
                "--cluster",
                cluster.toString(),
                "--model",
                "llama-2-7b",
                "--workload",
                "HPLD",
                "--out",
                plan.toString());
        assertThat(planned.code()).as(planned.err()).isZero();
    }

    private static Outcome replan(Path cluster, String... more) {
        List<String> line = new ArrayList<>(List.of(
                "replan",
                "--plan",
                plan.toString(),
                "--cluster",
                cluster.toString(),
                "--model",
                "llama-2-7b",
                "--workload",
                "HPLD"));
        line.addAll(List.of(more));
        return Outcome.of(line.toArray(String[]::new));
    }

    private Path changed(String from, String to) throws IOException {
        String text = Files.readString(cluster);
        assertThat(text).contains(from);
        return Files.writeString(directory.resolve("changed.yaml"), text.replace(from, to));
    }

    @Test
    void nothingLostChangesNothing() throws IOException {
        Outcome outcome = replan(cluster, "--format", "json");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        JsonNode result = new ObjectMapper().readTree(outcome.out());
        assertThat(result.at("/partiflow").asText()).isEqualTo("replan/1");
        assertThat(result.at("/chosen").asText()).isEqualTo("routing");
        assertThat(result.at("/levels")).hasSize(4);
        assertThat(result.at("/levels/0/touchedGpus")).isEmpty();
        assertThat(result.at("/difference/same").asBoolean()).isTrue();
    }

    @Test
    void aLostGpuIsToldAndThePlanIsValid() throws IOException {
        Path smaller = changed("{id: n1, gpu: A100-PCIe-80GB, count: 2", "{id: n1, gpu: A100-PCIe-80GB, count: 1");
        Path out = directory.resolve("new.json");
        Path stats = directory.resolve("stats.json");
        Outcome outcome = replan(smaller, "--out", out.toString(), "--stats", stats.toString());
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("lost n1/1", "<- taken", "Why: ", "What differs: ");
        assertThat(new ObjectMapper()
                        .readTree(stats.toFile())
                        .at("/levelSeconds/routing")
                        .asDouble())
                .isPositive();
        Outcome check = Outcome.of(
                "check",
                "--plan",
                out.toString(),
                "--cluster",
                smaller.toString(),
                "--model",
                "llama-2-7b",
                "--workload",
                "HPLD");
        assertThat(check.out()).isEqualTo("The plan is valid." + System.lineSeparator());
        assertThat(check.code()).isZero();
    }

    @Test
    void anotherWorkloadIsReplannedFor() {
        Outcome outcome = replan(cluster, "--workload", "LPHD");
        assertThat(outcome.code()).isEqualTo(ExitCodes.USAGE);
        Outcome shifted = Outcome.of(
                "replan",
                "--plan",
                plan.toString(),
                "--cluster",
                cluster.toString(),
                "--model",
                "llama-2-7b",
                "--workload",
                "LPHD",
                "--up-to",
                "flips");
        assertThat(shifted.code()).as(shifted.err()).isZero();
        assertThat(shifted.out()).contains("routing", "flips").doesNotContain("anew  ");
    }

    @Test
    void nothingFeasibleExitsWithOne() throws IOException {
        Path tiny = changed("A100-PCIe-80GB, count: 2", "T4, count: 1");
        Path out = directory.resolve("new.json");
        Outcome outcome = replan(
                Files.writeString(tiny, Files.readString(tiny).replaceAll("(?m)^  - \\{id: n1.*$", "")),
                "--out",
                out.toString(),
                "--weights",
                "fp16");
        assertThat(outcome.code()).as(outcome.err() + outcome.out()).isEqualTo(ExitCodes.FAILED);
        assertThat(outcome.err()).contains("no feasible plan", "GB").doesNotContain("Exception");
        assertThat(outcome.out()).isEmpty();
        assertThat(out).doesNotExist();
    }

    @Test
    void mistakesAreTold() {
        assertThat(replan(cluster, "--at-least", "1.5").err()).contains("must be in (0, 1]");
        assertThat(replan(cluster, "--max-moves", "-1").err()).contains("must not be negative");
        assertThat(replan(cluster, "--load-rate", "2").err()).contains("has no unit");
        assertThat(replan(cluster, "--out", plan.toString()).code()).isEqualTo(ExitCodes.USAGE);
    }
}
