package org.partiflow.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Starts other programs. */
final class Processes {
    static final boolean OFFLINE = System.getProperty("partiflow.offline", "").equals("is true");
    private static final long MINUTES = 5;

    private Processes() {}

    /** What Maven prints when it builds the project with our artifacts; fails if it fails. */
    static String maven(Path project, String... goals) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("partiflow.maven", ""), "bin", "mvn").toString(),
                "-q",
                "-B",
                "-ntp",
                "-Dmaven.repo.local=" + Artifacts.repository(),
                "-Dmaven.repo.local.tail=" + System.getProperty("partiflow.repository")));
        if (OFFLINE) {
            command.add("-o");
        }
        command.addAll(List.of(goals));
        return run(project, command);
    }

    /** What the program prints on both channels; fails unless it ends with 0. */
    static String run(Path directory, List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("output", ".txt");
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES))
                    .as("%s ends", command)
                    .isTrue();
            String text = Files.readString(output);
            assertThat(process.exitValue()).as("%s%n%s", command, text).isZero();
            return text;
        } finally {
            process.destroyForcibly();
            Files.delete(output);
        }
    }

    /** The Java of this test. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
