package org.partiflow.studies.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.partiflow.studies.run.StudyOptions;
import org.partiflow.studies.run.StudyRunner;
import org.partiflow.studies.run.SyntheticStudy;
import org.partiflow.studies.study.Study;

/** The made-up figures grow by a tenth per planner, whatever the noise. */
@SuppressWarnings("NullAway.Init")
final class FindingsTest {
    @TempDir
    Path folder = Path.of("");

    private Findings findings;

    @BeforeEach
    void run() throws IOException {
        Study study = SyntheticStudy.of(folder, 6, 10, 3);
        Path directory = Files.createDirectories(folder.resolve("out"));
        findings = FindingsBuilder.of(
                study, new StudyRunner().run(study, StudyOptions.in(directory)).log());
    }

    @Test
    void effectsAreThoseThatWerePutIn() {
        Answer rate = findings.answers().get(0);
        assertThat(rate.effects()).hasSize(3);
        Effect first = rate.effects().get(0);
        assertThat(first.value()).isEqualTo("p1");
        assertThat(first.overall().change()).isCloseTo(0.1, within(0.01));
        assertThat(first.overall().lowChange()).isLessThan(first.overall().change());
        assertThat(first.overall().verdict()).isEqualTo(Verdict.BETTER);
        assertThat(first.overall().units()).isEqualTo(6);
        assertThat(first.overall().wins()).isEqualTo(6);
        assertThat(first.blocks()).hasSize(6);
        assertThat(first.blocks().get(0).estimate().units()).isEqualTo(10);
        assertThat(rate.effects().get(1).overall().change()).isCloseTo(0.2, within(0.01));
    }

    @Test
    void moreOfABadThingIsWorse() {
        assertThat(findings.answers().get(1).effects().get(0).overall().verdict())
                .isEqualTo(Verdict.WORSE);
    }

    @Test
    void whatFailedIsLeftOutAndCounted() {
        Effect broken = findings.answers().get(0).effects().get(2);
        assertThat(broken.value()).isEqualTo("broken");
        assertThat(broken.leftOut()).isEqualTo(60);
        assertThat(broken.overall().verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void clustersAreComparedAcrossProblems() {
        Answer cross = findings.answers().get(2);
        assertThat(cross.effects()).hasSize(5);
        assertThat(cross.pooled().units()).isEqualTo(5);
        assertThat(cross.pooled().verdict()).isEqualTo(Verdict.SAME);
    }

    @Test
    void everyFigureNamesItsCells() {
        BlockEffect block = findings.answers().get(0).effects().get(0).blocks().get(0);
        assertThat(block.cells()).hasSize(10);
        for (int i = 0; i < 10; i++) {
            assertThat(findings.study().cell(block.cells().get(i)).seed()).isEqualTo(i + 1);
            assertThat(block.baselineCells().get(i)).isEqualTo(block.cells().get(i) - 1);
        }
    }

    @Test
    void theAnswerSaysWhatTheFiguresSay() {
        assertThat(findings.answers().get(0).sentence())
                .contains("p1: ", "more serving throughput than p0 (95 % interval", "better on 6, worse on 0 of 6")
                .contains("Nothing to compare for broken");
    }
}
