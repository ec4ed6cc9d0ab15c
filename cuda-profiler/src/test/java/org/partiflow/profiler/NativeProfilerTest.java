package org.partiflow.profiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.partiflow.profiler.ProfilerFailedException.Reason;

@EnabledOnOs(OS.LINUX)
class NativeProfilerTest {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    @TempDir
    static Path programs = Path.of("");

    @TempDir
    Path folder = Path.of("");

    @Test
    void compilesOnceAndPassesItsChecksWithoutAGpu() throws IOException, InterruptedException {
        assumeTrue(
                Nvcc.find(System.getenv()).isPresent(), "nvcc is not on PATH: the CUDA program is not compiled here");
        NativeProfiler profiler = new NativeProfiler(programs.resolve("first"), LIMIT);
        List<String> progress = new CopyOnWriteArrayList<>();
        profiler.selfTest(progress::add);
        assertThat(progress).contains("compiling partiflow_profile.cu", "self-test passed");
        progress.clear();
        profiler.selfTest(progress::add);
        assertThat(progress).doesNotContain("compiling partiflow_profile.cu").contains("self-test passed");
    }

    @Test
    void measuresOrSaysWhyNot() throws IOException, InterruptedException {
        assumeTrue(
                Nvcc.find(System.getenv()).isPresent(), "nvcc is not on PATH: the CUDA program is not compiled here");
        Optional<RawProfile> profile = Optional.empty();
        try {
            profile = Optional.of(
                    new NativeProfiler(programs.resolve("first"), LIMIT).profile(0, false, ProfilerListener.SILENT));
        } catch (ProfilerUnavailableException e) {
            assertThat(e).hasMessageContaining("no GPU can be used here").hasMessageNotContaining("\n");
        }
        profile.ifPresent(p -> assertThat(p.gemms()).isNotEmpty());
    }

    @Test
    void findsTheCompilerOnThePath() throws IOException {
        Path nvcc = script("nvcc", "exit 0");
        assertThat(Nvcc.find(Map.of("PATH", folder.toString()))).contains(nvcc);
        Files.createDirectories(folder.resolve("bin"));
        Path inHome = Files.move(nvcc, folder.resolve("bin/nvcc"));
        assertThat(Nvcc.find(Map.of("PATH", "", "CUDA_HOME", folder.toString())))
                .contains(inHome);
    }

    @ParameterizedTest
    @CsvSource({"4,OUT_OF_MEMORY", "5,SELF_CHECK", "1,CRASH", "139,CRASH"})
    void exitCodesBecomeReasons(int code, Reason reason) throws IOException {
        NativeProfiler profiler = fake("echo why it failed >&2; exit " + code, LIMIT);
        assertThatThrownBy(() -> profiler.selfTest(ProfilerListener.SILENT))
                .hasMessageContaining("why it failed")
                .isInstanceOfSatisfying(
                        ProfilerFailedException.class,
                        e -> assertThat(e.reason()).isEqualTo(reason));
    }

    @Test
    void noDeviceIsUnavailable() throws IOException {
        NativeProfiler profiler = fake("echo nothing here >&2; exit 3", LIMIT);
        assertThatThrownBy(() -> profiler.profile(0, false, ProfilerListener.SILENT))
                .isInstanceOf(ProfilerUnavailableException.class)
                .hasMessageContaining("nothing here");
    }

    @Test
    void aReportThatIsCutShortIsRefused() throws IOException {
        NativeProfiler profiler = fake("echo '{\"partiflow\": \"profile-raw/1\",'", LIMIT);
        assertThatThrownBy(() -> profiler.profile(0, false, ProfilerListener.SILENT))
                .isInstanceOf(RawProfileException.class);
    }

    @Test
    void aHangingProgramIsKilled() throws IOException {
        NativeProfiler profiler = fake("exec sleep 60", Duration.ofMillis(200));
        assertThatThrownBy(() -> profiler.selfTest(ProfilerListener.SILENT))
                .isInstanceOfSatisfying(
                        ProfilerFailedException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.TIMEOUT));
    }

    @Test
    void aRejectedProgramIsReported() throws IOException {
        script("nvcc", "echo error: no such thing >&2; exit 2");
        NativeProfiler profiler = new NativeProfiler(folder, LIMIT, Map.of("PATH", folder.toString()));
        assertThatThrownBy(() -> profiler.selfTest(ProfilerListener.SILENT))
                .hasMessageContaining("no such thing")
                .isInstanceOfSatisfying(
                        ProfilerFailedException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.COMPILATION));
        try (var left = Files.list(folder)) {
            assertThat(new ArrayList<>(left.toList())).containsExactly(folder.resolve("nvcc"));
        }
    }

    /** A compiler that "compiles" a shell script of this body. */
    private NativeProfiler fake(String body, Duration limit) throws IOException {
        Path program = script("fake-program", body);
        String copy = "while [ $# -gt 0 ]; do if [ \"$1\" = -o ]; then cp '" + program + "' \"$2\"; fi; shift; done";
        script("nvcc", copy);
        return new NativeProfiler(folder.resolve("cache"), limit, Map.of("PATH", folder.toString()));
    }

    private Path script(String name, String body) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + body + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
