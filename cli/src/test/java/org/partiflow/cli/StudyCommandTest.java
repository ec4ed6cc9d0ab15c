package org.partiflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.partiflow.studies.study.Axis;
import org.partiflow.studies.study.Study;
import org.partiflow.studies.study.StudyReader;

final class StudyCommandTest {
    private static final Path BUNDLED = Path.of("..", "studies");

    @TempDir
    Path folder = Path.of("");

    @Test
    void shardsThatAreMergedGiveWhatTheWholeGives() throws IOException {
        String study = synthetic().toString();
        Outcome whole = Outcome.of("study", "--study", study, "--out", out("whole"), "--threads", "3");
        assertThat(whole.code()).isEqualTo(ExitCodes.DONE);
        assertThat(whole.out()).contains("Which planner?", "p1: ");
        assertThat(whole.err()).contains("6 cells failed", "index.html");
        List<String> merge = new ArrayList<>(List.of("study", "merge", "--study", study, "--out", out("merged")));
        for (int i = 1; i <= 3; i++) {
            Outcome part = Outcome.of("study", "--study", study, "--out", out("s" + i), "--shard", i + "/3");
            assertThat(part.code()).isEqualTo(ExitCodes.DONE);
            merge.add(out("s" + i));
        }
        assertThat(Outcome.of(merge.toArray(String[]::new)).code()).isEqualTo(ExitCodes.DONE);
        for (String file : List.of("index.html", "cells.csv", "effects.csv", "summary.md", "cells.jsonl")) {
            assertThat(folder.resolve("merged").resolve(file))
                    .hasSameTextualContentAs(folder.resolve("whole").resolve(file));
        }
    }

    /** In 40 MB of heap, of which the program itself needs most. */
    @Test
    void aHundredThousandCellsNeedNoMoreMemoryThanAFew() throws IOException, InterruptedException {
        String clusters = IntStream.range(0, 200).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
        String text = Files.readString(synthetic())
                .replace("clusters: [a, b]", "clusters: [" + clusters + "]")
                .replace("seeds: 3", "seeds: 100")
                .replace("[p0, p1, broken]", "[p0, p1, p2, p3, broken]");
        Path study = Files.writeString(folder.resolve("large.yaml"), text);
        assertThat(new StudyReader().readOrThrow(study).size()).isEqualTo(100_000);
        Outcome large = Outcome.inFreshJvm(
                List.of("-Xmx40m", "-XX:+UseSerialGC"),
                folder,
                "study",
                "--study",
                study.toString(),
                "--out",
                out("large"),
                "--threads",
                "2");
        assertThat(large.err()).contains("20,000 cells failed", "100,000 cells");
        assertThat(large.code()).isEqualTo(ExitCodes.DONE);
    }

    @Test
    void mistakesAreToldAndNothingIsWritten() throws IOException {
        String study = synthetic().toString();
        Outcome shard = Outcome.of("study", "--study", study, "--out", out("x"), "--shard", "4/3");
        assertThat(shard.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(shard.err()).contains("shard 4 of 3 does not exist").doesNotContain("\tat ");
        assertThat(Outcome.of("study", "--out", out("x")).code()).isEqualTo(ExitCodes.USAGE);
        Path broken = Files.writeString(folder.resolve("b.yaml"), "partiflow: study/1\nname: b\nmetrcs: [gap]\n");
        Outcome bad = Outcome.of("study", "--study", broken.toString(), "--out", out("x"));
        assertThat(bad.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(bad.err()).contains("clusters: is missing", "unknown field 'metrcs' (did you mean 'metrics'?)");
        assertThat(folder.resolve("x")).doesNotExist();
        Outcome merge = Outcome.of("study", "merge", "--study", study, "--out", out("m"), folder.toString());
        assertThat(merge.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(merge.err()).contains("holds no cells.jsonl");
    }

    /** The studies of this project can be read; the ablations cover all scenarios and workloads. */
    @ParameterizedTest
    @ValueSource(strings = {"ablation-partitioning", "ablation-kv", "hexgen2-claims", "solvers"})
    void bundledStudiesAreWhole(String name) {
        Study study = new StudyReader().readOrThrow(BUNDLED.resolve(name + ".yaml"));
        assertThat(study.name()).isEqualTo(name);
        assertThat(study.questions()).isNotEmpty();
        assertThat(study.drawn().cluster()).isEqualTo("mixed-20");
        if (name.startsWith("ablation")) {
            assertThat(study.problems().workloads()).containsOnlyKeys("HPLD", "HPHD", "LPHD", "LPLD");
            assertThat(study.problems().clusters()).hasSize(7);
            assertThat(study.grids())
                    .allSatisfy(grid -> assertThat(grid.of(Axis.SEED)).hasSizeGreaterThanOrEqualTo(10));
        }
    }

    private String out(String name) {
        return folder.resolve(name).toString();
    }

    private Path synthetic() throws IOException {
        return Files.writeString(folder.resolve("s.yaml"), """
                partiflow: study/1
                name: s
                kind: synthetic
                clusters: [a, b]
                models: [m]
                workloads: [w]
                seeds: 3
                planners: [p0, p1, broken]
                metrics: [requestsPerSecond]
                questions:
                  - {id: q, ask: "Which planner?", compare: planner, baseline: {planner: p0}, metric: requestsPerSecond}
                """);
    }
}
