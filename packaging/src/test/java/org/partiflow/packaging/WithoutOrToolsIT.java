package org.partiflow.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OR-Tools is optional: without its jars everything else works and its strategies are listed as missing. */
class WithoutOrToolsIT {
    private static final List<String> LISTS = List.of("flows", "partitioners");

    @Test
    void plansAreMadeAndChecked(@TempDir Path directory) throws IOException, InterruptedException {
        Path cluster = Artifacts.ROOT.resolve("cli/src/main/resources/org/partiflow/cli/mixed-20.yaml");
        assertThat(cluster).exists();
        Path plan = directory.resolve("plan.json");
        List<String> problem = List.of("--cluster", cluster.toString(), "--model", "llama-2-70b", "--workload", "HPLD");
        assertThat(partiflow(problem, "plan", "--out", plan.toString())).contains("Certificate");
        assertThat(Files.readString(plan)).contains("\"plan/1\"");
        assertThat(partiflow(problem, "check", "--plan", plan.toString())).contains("valid");
    }

    @Test
    void listsSayWhatIsMissing() throws IOException, InterruptedException {
        for (String list : LISTS) {
            assertThat(partiflow(List.of(), "list", list)).containsPattern("(?m)^(ortools|ilp) .*OR-Tools");
        }
    }

    private static String partiflow(List<String> more, String... arguments) throws IOException, InterruptedException {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("ortools"))
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command =
                new ArrayList<>(List.of(Processes.java(), "-cp", classPath, "org.partiflow.cli.PartiflowCommand"));
        command.addAll(List.of(arguments));
        command.addAll(more);
        return Processes.run(Path.of("."), command);
    }
}
