package org.partiflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ProfileCommandTest {
    private static final Path SYNTHETIC =
            Path.of("../cuda-profiler/src/test/resources/org/partiflow/profiler/synthetic-profile.json");

    @TempDir
    Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        CommandLine command = PartiflowCommand.commandLine();
        return command.setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    @Test
    void theRemoteScriptIsOneFile() throws IOException {
        Path script = folder.resolve("profile.sh");
        assertThat(run("profile", "--remote-script", "--out", script.toString()))
                .isZero();
        assertThat(Files.readString(script)).startsWith("#!/bin/sh\n").contains("int main(int argc, char** argv)");
    }

    @Test
    void calibratesFromWhatTheProfilerMeasuredAndPredictsWithIt() throws IOException {
        Path profile = folder.resolve("profile.json");
        assertThat(run(
                        "calibrate",
                        "--profile",
                        SYNTHETIC.toString(),
                        "--gpu",
                        "A100-SXM-80GB",
                        "--out",
                        profile.toString()))
                .as(err.toString())
                .isZero();
        assertThat(Files.readString(profile)).contains("SYNTHETIC").contains("attention-decode");

        Path rows = Files.writeString(folder.resolve("rows.csv"), "gpu,dtype,m,n,k\na100_sxm,bfloat16,512,8192,8192\n");
        Path predicted = folder.resolve("predicted.csv");
        assertThat(run(
                        "predict",
                        "--batch",
                        rows.toString(),
                        "--kind",
                        "gemm",
                        "--profile",
                        profile.toString(),
                        "--out",
                        predicted.toString()))
                .as(err.toString())
                .isZero();
        String[] cells = Files.readAllLines(predicted).get(1).split(",", -1);
        // The synthetic GPU computes 2e14 operations per second and moves 1.5e12 bytes: about 345 microseconds.
        assertThat(Double.parseDouble(cells[cells.length - 1])).isBetween(310.0, 400.0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "calibrate|give --data and --kind, or --profile",
                "calibrate --kind gemm|give --data and --kind, or --profile",
                "calibrate --data x.csv|--data needs --kind",
                "calibrate --profile missing.json|missing.json: no such file",
                "profile --quick --full|exclude each other",
                "profile --gpu -1|must be 0 or more",
            })
    void badUsageIsNamed(String line, String message) {
        assertThat(run(line.split(" ", -1))).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains(message).doesNotContain("\tat ");
    }

    @Test
    void anUnknownGpuAsksForItsName() {
        assertThat(run("calibrate", "--profile", SYNTHETIC.toString())).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("SYNTHETIC").contains("name one with --gpu");
    }

    @Test
    void aFileThatIsNoRawProfileIsRefused() throws IOException {
        Path other = Files.writeString(folder.resolve("other.json"), "{\"partiflow\": \"profile-raw/9\"}");
        assertThat(run("calibrate", "--profile", other.toString(), "--gpu", "L4"))
                .isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("expected format profile-raw/1, got 'profile-raw/9'");
    }
}
