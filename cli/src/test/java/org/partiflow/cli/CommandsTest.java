package org.partiflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {
    @TempDir
    private Path directory = Path.of("");

    @Test
    void plansChecksAndSimulates() throws IOException {
        String cluster = Clusters.small(directory).toString();
        String plan = directory.resolve("plan.json").toString();
        String report = directory.resolve("report.json").toString();
        String stats = directory.resolve("stats.json").toString();
        String trace = directory.resolve("trace.json").toString();
        Outcome planned = Outcome.of(
                "plan",
                "--cluster",
                cluster,
                "--model",
                "llama-2-7b",
                "--workload",
                "HPLD",
                "--out",
                plan,
                "--stats",
                stats);
        assertThat(planned.code()).as(planned.err()).isEqualTo(ExitCodes.DONE);
        assertThat(planned.out()).contains("GROUP", "Throughput", "Certificate", "Bottleneck", "Cost");
        assertThat(Path.of(stats)).content().contains("\"stats/1\"", "planSeconds");

        Outcome checked = Outcome.of(
                "check", "--plan", plan, "--cluster", cluster, "--model", "llama-2-7b", "--workload", "HPLD");
        assertThat(checked.code()).as(checked.out()).isEqualTo(ExitCodes.DONE);

        Outcome simulated = Outcome.of(
                "simulate",
                "--plan",
                plan,
                "--cluster",
                cluster,
                "--model",
                "llama-2-7b",
                "--workload",
                "HPLD",
                "--rate",
                "1",
                "--requests",
                "200",
                "--out",
                report,
                "--trace",
                trace,
                "--format",
                "json");
        assertThat(simulated.code()).as(simulated.err()).isEqualTo(ExitCodes.DONE);
        assertThat(simulated.out()).isEqualTo(Files.readString(Path.of(report)));
        assertThat(Path.of(trace)).content().contains("traceEvents");
    }

    @Test
    void explainsAPlanInWordsAndAsAFieldThatReadersPassOver() throws IOException {
        String cluster = Clusters.small(directory).toString();
        Path report = directory.resolve("report.html");
        String[] plan = {"plan", "--cluster", cluster, "--model", "llama-2-7b", "--workload", "HPLD", "--explain"};
        Outcome words = Outcome.of(with(plan, "--report", report.toString()));
        assertThat(words.code()).as(words.err()).isEqualTo(ExitCodes.DONE);
        assertThat(words.out()).contains("WHY", "one more A100-PCIe-80GB", "OTHER PLANNER", "distserve", "chosen");
        assertThat(report).content().contains("What would bring more", "Why other methods lose");

        Path out = directory.resolve("plain.json");
        Outcome json = Outcome.of(with(plan, "--format", "json", "--out", out.toString()));
        assertThat(json.out()).contains("\"explanation\"", "\"whatIfs\"", "\"MORE_GPU\"", "\"verdict\"");
        assertThat(out).content().doesNotContain("explanation");
        Path explained = Files.writeString(directory.resolve("explained.json"), json.out());
        for (Path file : List.of(out, explained)) {
            Outcome checked = Outcome.of(
                    "check",
                    "--plan",
                    file.toString(),
                    "--cluster",
                    cluster,
                    "--model",
                    "llama-2-7b",
                    "--workload",
                    "HPLD");
            assertThat(checked.code()).as(checked.err() + checked.out()).isEqualTo(ExitCodes.DONE);
        }
    }

    private static String[] with(String[] arguments, String... more) {
        return Stream.concat(Arrays.stream(arguments), Arrays.stream(more)).toArray(String[]::new);
    }

    @Test
    void failsTheCheckOfAPlanThatPromisesTooMuch() throws IOException {
        String cluster = Clusters.small(directory).toString();
        Path plan = directory.resolve("plan.json");
        Outcome planned = Outcome.of(
                "plan", "--cluster", cluster, "--model", "llama-2-7b", "--workload", "HPLD", "--format", "json");
        assertThat(planned.code()).as(planned.err()).isZero();
        Files.writeString(
                plan,
                planned.out().replaceFirst("\"capacityRequestsPerSecond\": ?", "\"capacityRequestsPerSecond\": 9"));
        Outcome checked = Outcome.of(
                "check",
                "--plan",
                plan.toString(),
                "--cluster",
                cluster,
                "--model",
                "llama-2-7b",
                "--workload",
                "HPLD");
        assertThat(checked.code()).isEqualTo(ExitCodes.FAILED);
        assertThat(checked.out()).contains("violation");
    }

    @Test
    void saysHowMuchMemoryIsMissing() throws IOException {
        String cluster = Clusters.tiny(directory).toString();
        Path out = directory.resolve("plan.json");
        Outcome outcome = Outcome.of(
                "plan", "--cluster", cluster, "--model", "llama-2-70b", "--workload", "HPLD", "--out", out.toString());
        assertThat(outcome.code()).isEqualTo(ExitCodes.FAILED);
        assertThat(outcome.err()).contains("no feasible plan", "GB");
        assertThat(outcome.out()).isEmpty();
        assertThat(out).doesNotExist();
    }

    @Test
    void demoWritesItsReport() {
        Path out = directory.resolve("demo");
        Outcome outcome = Outcome.of("demo", "--out", out.toString());
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(ExitCodes.DONE);
        assertThat(outcome.out()).contains("Certificate", "Attainment", "report.html");
        assertThat(out.resolve("report.html")).content().contains("<svg", "Where the groups live");
        assertThat(out.resolve("plan.json")).exists();
        assertThat(out.resolve("report.json")).exists();
    }

    @Test
    void listsEverything() {
        Outcome outcome = Outcome.of("list");
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out())
                .contains(
                        "push-relabel", "spectral-kl", "H100-SXM-80GB", "llama-2-70b", "HPLD", "rdma-gdr", "partiflow");
    }

    @Test
    void predictsOneTime() {
        Outcome outcome = Outcome.of("predict", "--gpu", "T4", "--model", "llama-2-7b", "--prompt", "128");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("matrix products", "attention", "Cost model");
    }

    @Test
    void helpsAndTellsItsVersion() {
        assertThat(Outcome.of("--help").out()).contains("plan", "Exit codes");
        assertThat(Outcome.of("plan", "--help").out()).contains("--time-limit", "Default: spectral-kl");
        assertThat(Outcome.of("--version").out()).startsWith("partiflow ");
    }
}
