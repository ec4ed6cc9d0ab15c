package org.partiflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every option of {@code simulate} reaches the simulator, and mistakes are told. */
class SimulateCommandTest {
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

    private static Outcome simulate(String... more) {
        List<String> line = new ArrayList<>(List.of(
                "simulate",
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

    private static JsonNode report(String... more) throws IOException {
        List<String> line = new ArrayList<>(List.of(more));
        line.addAll(List.of("--format", "json"));
        Outcome outcome = simulate(line.toArray(String[]::new));
        assertThat(outcome.code()).as(outcome.err()).isZero();
        return new ObjectMapper().readTree(outcome.out());
    }

    private static double mean(JsonNode report, String latency) {
        return report.at("/latency/" + latency + "/mean").asDouble();
    }

    @Test
    void faultsInWordsAndInAFileAreTheSame() throws IOException {
        Path faults = Files.writeString(
                directory.resolve("faults.yaml"),
                "partiflow: faults/1\nfaults:\n  - {target: n0, at: 10 s, for: 20 s}\n"
                        + "  - {target: n1/0, at: 5 s, for: 3 s, speed: 0.5}\n");
        String[] words = {"--fault", "n0 fails at 10s for 20s", "--fault", "n1/0 slows to 0.5 at 5s for 3s"};
        String[] load = {"--rate", "3", "--duration", "60s"};
        JsonNode spoken = report(concat(words, load));
        assertThat(spoken).isEqualTo(report(concat(new String[] {"--faults", faults.toString()}, load)));
        assertThat(spoken.at("/requests/retries").asInt()).isPositive();
        assertThat(spoken.at("/requests/lost").asInt()).isZero();
        assertThat(spoken.at("/requests/completed").asInt())
                .isEqualTo(spoken.at("/requests/arrived").asInt());
        assertThat(mean(spoken, "endToEndSeconds")).isGreaterThan(mean(report(load), "endToEndSeconds"));
        JsonNode lost = report(concat(concat(words, load), "--on-failure", "lose"));
        assertThat(lost.at("/requests/lost").asInt()).isPositive();
        JsonNode waited = report(concat(concat(words, load), "--on-failure", "wait"));
        assertThat(waited.at("/requests/retries").asInt()).isZero();
    }

    /** A plan that cannot keep up, and a run that is over before that could be seen, are different things. */
    @Test
    void overloadAndRunsThatAreTooShortAreTold() {
        assertThat(simulate("--rate", "200", "--requests", "20000").err()).contains("did not keep up");
        assertThat(simulate("--rate", "200", "--requests", "50").err()).contains("too short to tell");
        assertThat(simulate("--rate", "1", "--requests", "300").err()).doesNotContain("keep up", "too short");
    }

    @Test
    void connectionsMayBeCold() throws IOException {
        String[] load = {"--rate", "3", "--requests", "300"};
        assertThat(report(concat(load, "--connections", "cold"))).isEqualTo(report(load)); // colocated
        assertThat(simulate("--connections", "tepid").err()).contains("choose from: warm, cold");
    }

    @Test
    void memoryAndTransferPoliciesArePassedOn() throws IOException {
        String[] load = {"--rate", "3", "--requests", "300"};
        JsonNode pushed = report(load);
        assertThat(report(concat(load, "--on-full", "wait", "--block-size", "1", "--transfers", "push")))
                .isEqualTo(pushed);
        assertThat(report(concat(load, "--transfers", "pull"))).isEqualTo(pushed); // colocated: nothing is transferred
        JsonNode recomputing = report(concat(load, "--on-full", "recompute", "--block-size", "16"));
        assertThat(recomputing.at("/requests/completed").asInt()).isEqualTo(300);
        assertThat(kvPeaks(recomputing)).isNotEqualTo(kvPeaks(pushed));
    }

    private static List<Double> kvPeaks(JsonNode report) {
        List<Double> peaks = new ArrayList<>();
        report.at("/groups")
                .forEach(group -> peaks.add(group.at("/kvPeakUtilization").asDouble()));
        return peaks;
    }

    @Test
    void routingQueueWarmUpAndScaleArePassedOn() throws IOException {
        String[] load = {"--rate", "8", "--requests", "600"};
        JsonNode planned = report(load);
        assertThat(report(concat(load, "--routing", "shares", "--queue", "fcfs", "--warm-up", "0.1")))
                .isEqualTo(planned);
        assertThat(report(concat(load, "--routing", "kv-aware"))).isNotEqualTo(planned);
        assertThat(report(concat(load, "--routing", "least-loaded"))).isNotEqualTo(planned);
        assertThat(report(concat(load, "--warm-up", "0.5"))).isNotEqualTo(planned);
        assertThat(report(concat(load, "--slo-scale", "2"))
                        .at("/slo/timeToFirstTokenSeconds")
                        .asDouble())
                .isEqualTo(2 * planned.at("/slo/timeToFirstTokenSeconds").asDouble());
        assertThat(planned.at("/cost/usdPerMillionOutputTokens").asDouble()).isPositive();
        assertThat(planned.at("/confidence/level").asDouble()).isEqualTo(0.95);
    }

    @Test
    void severalRunsAreTheSameOnAnyNumberOfThreads() throws IOException {
        String[] options = {"--rates", "1,2,3", "--seeds", "2", "--requests", "300"};
        JsonNode one = report(concat(options, "--threads", "1"));
        assertThat(report(concat(options, "--threads", "3"))).isEqualTo(one);
        assertThat(one.at("/partiflow").asText()).isEqualTo("runs/1");
        assertThat(one.at("/runs")).hasSize(6);
        assertThat(one.at("/runs/3/seed").asInt()).isEqualTo(43);
        assertThat(one.at("/runs/2/report")).isEqualTo(report("--rate", "2", "--requests", "300"));
        Outcome text = simulate(options);
        assertThat(text.out()).contains("OFFERED/S", "+-", "Means over 2 seeds").hasLineCount(6);
    }

    @Test
    void theTraceOpens() throws IOException {
        Path file = directory.resolve("trace.json");
        report("--rate", "2", "--requests", "50", "--trace", file.toString());
        JsonNode events = new ObjectMapper().readTree(file.toFile()).at("/traceEvents");
        assertThat(events.size()).isGreaterThan(100);
        Map<String, Integer> spans = new HashMap<>();
        for (JsonNode event : events) {
            assertThat(event.at("/ph").asText()).isIn("M", "X", "C", "s", "f", "b", "n", "e");
            assertThat(event.at("/pid").isInt()).isTrue();
            if (!event.at("/ph").asText().equals("M")) {
                assertThat(event.at("/ts").asDouble()).isNotNegative();
            }
            if (event.at("/ph").asText().equals("X")) {
                assertThat(event.at("/dur").asDouble()).isNotNegative();
            }
            if (event.has("id") && !event.at("/ph").asText().equals("n")) {
                spans.merge(event.at("/id").asText(), event.at("/ph").asText().matches("[sb]") ? 1 : -1, Integer::sum);
            }
        }
        assertThat(spans).hasSizeGreaterThanOrEqualTo(50);
        assertThat(spans.values()).containsOnly(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--rate|0|must be above zero",
                "--rate|-2|must be above zero",
                "--rates|1,x|is not a quantity",
                "--seeds|0|--seeds must be at least 1",
                "--threads|0|--threads must be at least 1",
                "--warm-up|1|the warm-up share must be in [0, 1)",
                "--routing|fastest|choose from: shares, least-loaded, kv-aware",
                "--queue|lifo|choose from: fcfs, shortest",
                "--on-failure|cry|choose from: retry, lose, wait",
                "--on-full|drop|choose from: wait, recompute",
                "--transfers|carry|choose from: push, pull",
                "--block-size|0|must hold at least 1 token, got 0",
                "--fault|h0 explodes|is no fault; write for example",
                "--fault|n0 fails at 5|has no unit",
                "--fault|n7 fails at 5s for 1s|'n7' is no GPU, node or link of cluster 'test'",
                "--fault|n0/nic-out fails at 5s|must come back",
                "--fault|n0 slows to 1.5 at 5s|must be in [0, 1]",
                "--faults|nowhere.yaml|nowhere.yaml",
                "--requests|0|the number of requests must be in"
            })
    void mistakesAreTold(String option, String value, String expected) {
        String[] several = option.equals("--threads") ? new String[] {"--seeds", "2"} : new String[0];
        Outcome outcome = simulate(concat(several, option, value));
        assertThat(outcome.err()).contains(expected).doesNotContain("Exception");
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.code()).isEqualTo(ExitCodes.USAGE);
    }

    private static String[] concat(String[] first, String... second) {
        List<String> all = new ArrayList<>(List.of(first));
        all.addAll(List.of(second));
        return all.toArray(String[]::new);
    }
}
