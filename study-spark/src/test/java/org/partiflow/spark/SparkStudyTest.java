package org.partiflow.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.partiflow.studies.page.StudyReport;
import org.partiflow.studies.run.StudyOptions;
import org.partiflow.studies.run.StudyRunner;
import org.partiflow.studies.study.Study;
import org.partiflow.studies.study.StudyReader;
import picocli.CommandLine;

final class SparkStudyTest {
    @TempDir
    Path folder = Path.of("");

    /** One small plan and its simulation per planner, beside a planner that does not exist. */
    @Test
    void localSparkWritesWhatTheLocalRunnerWrites() throws IOException {
        Files.writeString(folder.resolve("c.yaml"), """
                partiflow: cluster/1
                name: c
                nodes:
                  - {id: n, gpu: A40, count: 2, intraNode: {bandwidth: 32 GB/s, latency: 5 us, kind: PCIE}, nic: {bandwidth: 40 Gbit/s, latency: 9 us}}
                """);
        Path file = Files.writeString(folder.resolve("s.yaml"), """
                partiflow: study/1
                name: s
                clusters: [c.yaml]
                models: [llama-2-7b]
                workloads: [LPLD]
                seeds: 3
                planSeeds: 1
                planners: [hexgen2, nobody]
                requests: 50
                evaluations: 50
                metrics: [requestsPerSecond, e2eMean]
                questions:
                  - {id: q, ask: "Which?", compare: planner, baseline: {planner: hexgen2}, metric: requestsPerSecond}
                """);
        Path local = Files.createDirectories(folder.resolve("local"));
        Study study = new StudyReader().readOrThrow(file);
        StudyReport.write(study, new StudyRunner().run(study, StudyOptions.in(local)));
        Path spark = folder.resolve("spark");
        int code = new CommandLine(new SparkStudyCommand())
                .execute("--study", file.toString(), "--out", spark.toString(), "--master", "local[2]");
        assertThat(code).isZero();
        for (String each : List.of("cells.jsonl", "cells.csv", "effects.csv", "summary.md", "index.html")) {
            assertThat(spark.resolve(each)).hasSameTextualContentAs(local.resolve(each));
        }
    }
}
