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

/** {@code compare} tells what differs, and simulates both plans alike. */
class CompareCommandTest {
    @TempDir
    private static Path shared = Path.of("");

    private static Path cluster = Path.of("");
    private static Path best = Path.of("");
    private static Path colocated = Path.of("");

    @BeforeAll
    static void plan() throws IOException {
        cluster = Clusters.small(shared);
        best = plan("distserve");
        colocated = plan("colocated");
    }

    private static Path plan(String planner) {
        Path file = shared.resolve(planner + ".json");
        Outcome planned = Outcome.of(
                "plan",
                "--planner",
                planner,
                "--cluster",
                cluster.toString(),
                "--model",
                "llama-2-7b",
                "--workload",
                "HPLD",
                "--out",
                file.toString());
        assertThat(planned.code()).as(planned.err()).isZero();
        return file;
    }

    private static Outcome compare(Path a, Path b, String... more) {
        List<String> line = new ArrayList<>(List.of(
                "compare",
                a.toString(),
                b.toString(),
                "--cluster",
                cluster.toString(),
                "--model",
                "llama-2-7b",
                "--workload",
                "HPLD",
                "--requests",
                "400"));
        line.addAll(List.of(more));
        return Outcome.of(line.toArray(String[]::new));
    }

    private static JsonNode json(Path a, Path b, String... more) throws IOException {
        List<String> line = new ArrayList<>(List.of(more));
        line.addAll(List.of("--format", "json"));
        Outcome outcome = compare(a, b, line.toArray(String[]::new));
        assertThat(outcome.code()).as(outcome.err()).isZero();
        return new ObjectMapper().readTree(outcome.out());
    }

    @Test
    void aPlanIsTheSameAsItself() throws IOException {
        JsonNode comparison = json(best, best);
        assertThat(comparison.at("/partiflow").asText()).isEqualTo("comparison/1");
        assertThat(comparison.at("/same").asBoolean()).isTrue();
        assertThat(comparison.at("/routes")).isEmpty();
        comparison.at("/simulated").forEach(metric -> {
            if (metric.isObject()) {
                assertThat(metric.at("/change").asDouble()).isZero();
            }
        });
        assertThat(compare(best, best).out()).contains("are the same plan").contains("Nothing differs");
    }

    @Test
    void figuresAreThoseOfSimulateAtEightTenthsOfTheSmallerThroughput() throws IOException {
        JsonNode comparison = json(best, colocated);
        JsonNode a = new ObjectMapper().readTree(best.toFile());
        JsonNode b = new ObjectMapper().readTree(colocated.toFile());
        double first = a.at("/throughput/requestsPerSecond").asDouble();
        double second = b.at("/throughput/requestsPerSecond").asDouble();
        double offered = comparison.at("/simulated/offeredRequestsPerSecond").asDouble();
        assertThat(offered).isCloseTo(0.8 * Math.min(first, second), org.assertj.core.data.Offset.offset(1e-9));
        assertThat(comparison.at("/predicted/requestsPerSecond/change").asDouble())
                .isCloseTo(second / first - 1, org.assertj.core.data.Offset.offset(1e-9));
        assertThat(comparison.at("/same").asBoolean()).isFalse();
        Outcome alone = Outcome.of(
                "simulate",
                "--plan",
                colocated.toString(),
                "--cluster",
                cluster.toString(),
                "--model",
                "llama-2-7b",
                "--workload",
                "HPLD",
                "--requests",
                "400",
                "--rate",
                String.valueOf(offered),
                "--format",
                "json");
        JsonNode report = new ObjectMapper().readTree(alone.out());
        assertThat(comparison.at("/simulated/timeToFirstTokenP90Seconds/second").asDouble())
                .isEqualTo(report.at("/latency/timeToFirstTokenSeconds/p90").asDouble());
        assertThat(comparison.at("/simulated/usdPerMillionOutputTokens/second").asDouble())
                .isEqualTo(report.at("/cost/usdPerMillionOutputTokens").asDouble());
    }

    @Test
    void groupsAreCountedOnceOnEachSide() throws IOException {
        JsonNode comparison = json(best, colocated);
        int first = 0;
        int second = 0;
        for (JsonNode group : comparison.at("/groups")) {
            first += group.at("/first").asText().isEmpty() ? 0 : 1;
            second += group.at("/second").asText().isEmpty() ? 0 : 1;
        }
        assertThat(first)
                .isEqualTo(
                        new ObjectMapper().readTree(best.toFile()).at("/groups").size());
        assertThat(second)
                .isEqualTo(new ObjectMapper()
                        .readTree(colocated.toFile())
                        .at("/groups")
                        .size());
    }

    @Test
    void thePageStandsAlone() throws IOException {
        Path page = shared.resolve("compare.html");
        Outcome outcome = compare(best, colocated, "--html", page.toString(), "--cluster-b", cluster.toString());
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("TTFT p90", "better", "worse", "What differs");
        assertThat(Files.readString(page))
                .startsWith("<!DOCTYPE html>")
                .contains("distserve.json", "colocated.json", "TTFT p90")
                .doesNotContain("http://", "https://", "<script", "<link");
    }

    @Test
    void mistakesAreTold() throws IOException {
        Outcome outcome = compare(best, shared.resolve("nowhere.json"));
        assertThat(outcome.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(outcome.err()).contains("nowhere.json").doesNotContain("Exception");
        Path other = Files.writeString(
                shared.resolve("other.yaml"), Files.readString(cluster).replace("name: test", "name: other"));
        outcome = compare(best, colocated, "--cluster-b", other.toString());
        assertThat(outcome.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(outcome.err()).contains("the plan was made for cluster 'test'");
        assertThat(compare(best, colocated, "--requests", "0").code()).isEqualTo(ExitCodes.USAGE);
    }
}
