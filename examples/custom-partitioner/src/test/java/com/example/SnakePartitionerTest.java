package com.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.partiflow.studies.page.StudyReport;
import org.partiflow.studies.results.Findings;
import org.partiflow.studies.run.StudyOptions;
import org.partiflow.studies.run.StudyResult;
import org.partiflow.studies.run.StudyRunner;
import org.partiflow.studies.study.Study;
import org.partiflow.studies.study.StudyReader;

final class SnakePartitionerTest {
    @Test
    void aStudyFindsItByName(@TempDir Path directory) {
        Study study = new StudyReader().readOrThrow(Path.of("snake.yaml"));
        StudyResult result =
                new StudyRunner().run(study, StudyOptions.in(directory).withThreads(2));
        Findings findings = StudyReport.write(study, result);
        assertThat(result.withoutValues()).isZero();
        assertThat(findings.answers()).singleElement().satisfies(answer -> {
            assertThat(answer.effects()).singleElement().satisfies(effect -> {
                assertThat(effect.value()).isEqualTo("snake");
                assertThat(effect.overall().units()).isEqualTo(3);
            });
            assertThat(answer.sentence()).contains("snake");
        });
        assertThat(directory.resolve("index.html")).isNotEmptyFile();
    }
}
