package org.partiflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.partiflow.cli.run.Demo;

class DeterminismTest {
    @TempDir
    private Path directory = Path.of("");

    @Test
    void freshJvmsMakeTheSameBytes() throws IOException, InterruptedException {
        Path cluster = directory.resolve("mixed-20.yaml");
        try (var in = Demo.class.getResourceAsStream("/org/partiflow/cli/mixed-20.yaml")) {
            Files.write(cluster, java.util.Objects.requireNonNull(in).readAllBytes());
        }
        String first = plan(cluster, "1", "tr");
        String second = plan(cluster, "2", "de");
        assertThat(first).startsWith("{").contains("\"plan/1\"");
        assertThat(second).isEqualTo(first);
    }

    private String plan(Path cluster, String threads, String language) throws IOException, InterruptedException {
        Outcome outcome = Outcome.inFreshJvm(
                List.of("-Duser.language=" + language, "-Dfile.encoding=US-ASCII"),
                directory,
                "plan",
                "--cluster",
                cluster.toString(),
                "--model",
                "llama-2-70b",
                "--workload",
                "HPLD",
                "--format",
                "json",
                "--threads",
                threads);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.err()).isEmpty();
        return outcome.out();
    }
}
