package org.partiflow.studies.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.partiflow.api.control.CancellationToken;
import org.partiflow.studies.cell.CellFunction;
import org.partiflow.studies.cell.CellFunctions;
import org.partiflow.studies.page.StudyReport;
import org.partiflow.studies.study.Study;

final class StudyRunnerTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void threadsDoNotChangeAByte() throws IOException {
        Study study = SyntheticStudy.of(folder, 3, 4, 3);
        assertThat(whole(study, "four", 4)).isEqualTo(whole(study, "one", 1)).hasSizeGreaterThanOrEqualTo(5);
    }

    @Test
    void anInterruptedStudyGoesOnWhereItWas() throws IOException {
        Study study = SyntheticStudy.of(folder, 3, 4, 3);
        Map<String, String> expected = whole(study, "whole", 2);
        for (int stop : List.of(0, 1, 17, 47)) {
            Path directory = directory("stop" + stop);
            List<Long> computed = Collections.synchronizedList(new ArrayList<>());
            StudyResult first = interrupted(study, directory, stop, computed);
            assertThat(first.isComplete()).isFalse();
            assertThat(first.finished()).isGreaterThanOrEqualTo(stop);
            CellFunction recorded = recording(study, computed);
            StudyResult rest =
                    new StudyRunner().run(study, StudyOptions.in(directory).withResume(true), recorded);
            assertThat(rest.isComplete()).isTrue();
            StudyReport.write(study, rest);
            assertThat(files(directory)).isEqualTo(expected);
            assertThat(computed).hasSize((int) study.size()).doesNotHaveDuplicates();
        }
    }

    @Test
    void aLineThatWasCutOffIsComputedAgain() throws IOException {
        Study study = SyntheticStudy.of(folder, 2, 3, 2);
        Map<String, String> expected = whole(study, "whole", 1);
        Path directory = directory("torn");
        interrupted(study, directory, 7, new ArrayList<>());
        Files.writeString(
                directory.resolve(StudyRunner.LOG),
                "{\"cell\":7,\"status\":\"DO",
                StandardCharsets.UTF_8,
                StandardOpenOption.APPEND);
        StudyResult result =
                new StudyRunner().run(study, StudyOptions.in(directory).withResume(true));
        StudyReport.write(study, result);
        assertThat(files(directory)).isEqualTo(expected);
    }

    @Test
    void theLogOfAnotherStudyIsNotResumed() throws IOException {
        Study study = SyntheticStudy.of(folder, 2, 3, 2);
        Path directory = directory("other");
        new StudyRunner().run(study, StudyOptions.in(directory));
        Study changed = SyntheticStudy.of(folder, 2, 3, 3);
        assertThatThrownBy(() -> new StudyRunner()
                        .run(changed, StudyOptions.in(directory).withResume(true)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("belongs to another study");
    }

    @Test
    void failedCellsAreReportedAndNotFatal() throws IOException {
        Study study = SyntheticStudy.of(folder, 2, 3, 2);
        StudyResult result = new StudyRunner().run(study, StudyOptions.in(directory("failed")));
        assertThat(result.isComplete()).isTrue();
        assertThat(result.withoutValues()).isEqualTo(2 * 3);
        assertThat(StudyReport.write(study, result).troubles()).singleElement().satisfies(trouble -> {
            assertThat(trouble.cells()).isEqualTo(6);
            assertThat(trouble.reason()).contains("'broken' always fails");
        });
    }

    @Test
    void sixteenShardsMakeTheWhole() throws IOException {
        Study study = SyntheticStudy.of(folder, 3, 4, 3);
        Map<String, String> expected = whole(study, "whole", 2);
        List<Path> shards = new ArrayList<>();
        for (int i = 16; i >= 1; i--) {
            Path directory = directory("shard" + i);
            new StudyRunner().run(study, StudyOptions.in(directory).withShard(new Shard(i, 16)));
            shards.add(directory);
        }
        Path merged = directory("merged");
        StudyReport.write(study, StudyMerge.merge(study, merged, shards));
        assertThat(files(merged)).isEqualTo(expected);
        assertThatThrownBy(() -> StudyMerge.merge(study, directory("gap"), shards.subList(0, 15)))
                .hasMessageContaining("in none of the shards");
        assertThat(directory("gap")).isEmptyDirectory();
    }

    @Test
    void aBugInTheFunctionEndsTheStudyAndReachesTheCaller() throws IOException {
        Study study = SyntheticStudy.of(folder, 3, 4, 3);
        CellFunction broken = (cell, token) -> {
            throw new IllegalStateException("cell " + cell.index());
        };
        assertThatThrownBy(() -> new StudyRunner()
                        .run(study, StudyOptions.in(directory("bug")).withThreads(4), broken))
                .isInstanceOf(IllegalStateException.class);
    }

    private Map<String, String> whole(Study study, String name, int threads) throws IOException {
        Path directory = directory(name);
        StudyResult result =
                new StudyRunner().run(study, StudyOptions.in(directory).withThreads(threads));
        StudyReport.write(study, result);
        return files(directory);
    }

    private static StudyResult interrupted(Study study, Path directory, int after, List<Long> computed) {
        CancellationToken token = new CancellationToken();
        AtomicLong count = new AtomicLong();
        CellFunction function = recording(study, computed);
        CellFunction stopping = (cell, cancellation) -> {
            if (count.getAndIncrement() >= after) {
                token.cancel();
                return function.evaluate(cell, new CancellationToken());
            }
            return function.evaluate(cell, cancellation);
        };
        StudyResult result = new StudyRunner()
                .run(study, new StudyOptions(directory, Shard.WHOLE, false, 1, token, event -> {}, () -> 0), stopping);
        computed.removeIf(cell -> cell >= after);
        return result;
    }

    private static CellFunction recording(Study study, List<Long> computed) {
        CellFunction function = CellFunctions.of(study, () -> 0);
        return (cell, cancellation) -> {
            computed.add(cell.index());
            return function.evaluate(cell, cancellation);
        };
    }

    private Path directory(String name) throws IOException {
        return Files.createDirectories(folder.resolve(name));
    }

    private static Map<String, String> files(Path directory) throws IOException {
        Map<String, String> content = new TreeMap<>();
        try (Stream<Path> all = Files.list(directory)) {
            for (Path file : all.toList()) {
                content.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return content;
    }
}
