package org.partiflow.studies.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.partiflow.io.FileProblem;

final class StudyReaderTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void aStudyHasTheCellsOfItsGrids() throws IOException {
        Study study = read("""
                partiflow: study/1
                name: tiny
                kind: synthetic
                clusters: [a, b]
                models: [m]
                workloads: [w]
                seeds: 3
                metrics: [requestsPerSecond]
                grids:
                  - {name: one, planners: [p, q], loads: [50 %, saturated]}
                  - {name: two, links: [x1, x1/2]}
                """);
        assertThat(study.size()).isEqualTo(2 * 3 * 4 + 2 * 3 * 2);
        assertThat(study.cell(0).values())
                .containsExactly(
                        "a",
                        "m",
                        "w",
                        "1",
                        "p",
                        "spectral-kl",
                        "guided",
                        "push-relabel",
                        "rdma-gdr/per-layer/as-stored",
                        "x1",
                        "replanned",
                        "50 %");
        assertThat(study.cell(1).get(Axis.LOAD)).isEqualTo("saturated");
        assertThat(study.cell(2).get(Axis.PLANNER)).isEqualTo("q");
        assertThat(study.cell(4).get(Axis.SEED)).isEqualTo("2");
        assertThat(study.cell(24).grid()).isEqualTo("two");
        assertThat(study.cell(35).get(Axis.LINK)).isEqualTo("x1/2");
    }

    @Test
    void everythingThatIsWrongIsReportedAtOnce() throws IOException {
        List<FileProblem> problems = problems("""
                partiflow: study/1
                name: bad
                clusters: [missing.yaml]
                models: [llama-2-7bb]
                workloads: [HPLD]
                planers: [partiflow]
                links: [x0, half]
                loads: [75]
                plans: [replaned]
                kvProtocols: [rmda-gdr]
                metrics: [requestPerSecond]
                questions:
                  - {id: q, ask: why, compare: planner, baseline: {planner: nobody}, metric: gap}
                """);
        assertThat(problems.stream().map(FileProblem::toString))
                .anyMatch(p -> p.contains("missing.yaml"))
                .anyMatch(p -> p.contains("llama-2-7bb") && p.contains("did you mean 'llama-2-7b'?"))
                .anyMatch(p -> p.contains("planers: unknown field 'planers' (did you mean 'planners'?)"))
                .anyMatch(p -> p.contains("links[0]") && p.contains("above zero"))
                .anyMatch(p -> p.contains("links[1]") && p.contains("'half' is no link scaling"))
                .anyMatch(p -> p.contains("loads[0]"))
                .anyMatch(p -> p.contains("plans[0]") && p.contains("replanned or fixed"))
                .anyMatch(p -> p.contains("kvProtocols[0]") && p.contains("did you mean 'rdma-gdr'?"))
                .anyMatch(p -> p.contains("metrics[0]") && p.contains("did you mean 'requestsPerSecond'?"))
                .anyMatch(p -> p.contains("questions[0].baseline.planner") && p.contains("nobody"))
                .anyMatch(p -> p.contains("questions[0].metric") && p.contains("the study reports no metric 'gap'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"study/2", "cluster/1"})
    void anotherFormatOrVersionIsRefused(String format) throws IOException {
        assertThat(problems("partiflow: " + format + "\nname: x\n"))
                .singleElement()
                .satisfies(p -> assertThat(p.message()).contains(format).contains("study/1"));
    }

    @Test
    void theDigestCoversWhatTheStudyNames() throws IOException {
        String study = """
                partiflow: study/1
                name: tiny
                clusters: [c.yaml]
                models: [llama-2-7b]
                workloads: [HPLD]
                metrics: [gap]
                """;
        Files.writeString(folder.resolve("c.yaml"), cluster(2));
        String first = read(study).sha256();
        assertThat(read(study).sha256()).isEqualTo(first);
        Files.writeString(folder.resolve("c.yaml"), cluster(4));
        assertThat(read(study).sha256()).isNotEqualTo(first);
    }

    private static String cluster(int gpus) {
        return """
                partiflow: cluster/1
                name: c
                nodes:
                  - {id: n, gpu: A40, count: %d, intraNode: {bandwidth: 32 GB/s, latency: 5 us, kind: PCIE}, nic: {bandwidth: 10 Gbit/s, latency: 9 us}}
                """.formatted(gpus);
    }

    private Study read(String text) throws IOException {
        return new StudyReader().readOrThrow(Files.writeString(folder.resolve("s.yaml"), text));
    }

    private List<FileProblem> problems(String text) throws IOException {
        return new StudyReader()
                .read(Files.writeString(folder.resolve("s.yaml"), text))
                .getError()
                .asJava();
    }
}
