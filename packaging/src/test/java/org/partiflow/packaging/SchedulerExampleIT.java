package org.partiflow.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds, tests and runs {@code examples/scheduler} outside of this project, from published artifacts alone. */
class SchedulerExampleIT {
    @Test
    void itsTestsPassAndItStartsGroups(@TempDir Path directory) throws IOException, InterruptedException {
        copy(Artifacts.ROOT.resolve("examples/scheduler"), directory);
        String printed = Processes.maven(directory, "verify", "exec:java");
        assertThat(printed)
                .containsPattern("\\d+ groups for [0-9.]+ requests/s, ")
                .contains("start ");
        assertThat(testsRun(directory, "PlanInTimeTest")).isEqualTo(1);
        assertThat(testsRun(directory, "ValidPlansProperties")).isEqualTo(2);
    }

    private static int testsRun(Path project, String test) throws IOException {
        String report =
                Files.readString(project.resolve("target/surefire-reports/com.example.scheduler." + test + ".txt"));
        return Integer.parseInt(
                report.replaceFirst("(?s).*Tests run: (\\d+), Failures: 0, Errors: 0, Skipped: 0.*", "$1"));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path relative = from.relativize(file);
                if (!relative.startsWith("target")) {
                    Path target = to.resolve(relative.toString());
                    Files.createDirectories(target.getParent());
                    Files.copy(file, target);
                }
            }
        }
    }
}
