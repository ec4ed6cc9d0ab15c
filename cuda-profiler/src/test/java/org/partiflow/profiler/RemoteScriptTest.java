package org.partiflow.profiler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class RemoteScriptTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void everySourceOfTheProgramTravels() throws IOException {
        try (var files = Files.list(Path.of("src/main/cuda"))) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> !name.equals("CMakeLists.txt"))
                            .toList())
                    .containsExactlyInAnyOrderElementsOf(ProgramSources.all().keySet());
        }
    }

    /** A stand-in for nvcc keeps the sources and "compiles" a program that prints its arguments. */
    @Test
    void theScriptUnpacksCompilesAndRuns() throws IOException, InterruptedException {
        Path kept = Files.createDirectory(folder.resolve("kept"));
        script(
                "nvcc",
                "if [ \"$1\" = --list-gpu-arch ]; then echo compute_75; echo compute_86; exit 0; fi\n"
                        + "echo \"$@\" > '" + kept + "/options'\n"
                        + "while [ $# -gt 0 ]; do\n"
                        + "  if [ \"$1\" = -o ]; then cp \"$(dirname \"$2\")\"/* '" + kept + "'\n"
                        + "    printf '#!/bin/sh\\necho measured \"$@\"\\n' > \"$2\"; chmod +x \"$2\"; fi\n"
                        + "  shift\ndone");
        Path script = Files.writeString(folder.resolve("profile.sh"), RemoteScript.text());
        assertThat(run(script, "--quick", "--device", "1")).isEqualTo("measured --quick --device 1\n");
        for (var source : ProgramSources.all().entrySet()) {
            assertThat(kept.resolve(source.getKey())).hasBinaryContent(source.getValue());
        }
        assertThat(Files.readString(kept.resolve("options")))
                .contains("arch=compute_75,code=sm_75", "arch=compute_75,code=compute_75")
                .doesNotContain("compute_86");
    }

    private String run(Path script, String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("sh", script.toString());
        builder.command().addAll(java.util.List.of(arguments));
        builder.environment().put("PATH", folder + ":/usr/bin:/bin");
        builder.redirectError(folder.resolve("messages").toFile());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return output;
    }

    private void script(String name, String body) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
