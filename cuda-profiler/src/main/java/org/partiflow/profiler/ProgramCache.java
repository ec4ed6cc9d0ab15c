package org.partiflow.profiler;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.partiflow.profiler.ProfilerFailedException.Reason;

/**
 * Compiled measuring programs, one file per source, compiler and options. A program appears under its name only when it
 * is complete, so that processes can share the folder.
 */
final class ProgramCache {
    private static final List<String> OPTIONS = List.of("-O3", "-std=c++17", "--threads", "0");

    /** Turing, Ampere with Ada, Hopper, Blackwell: binaries run on later members of their family too. */
    private static final List<String> FAMILIES = List.of("compute_75", "compute_80", "compute_90", "compute_100");

    private static final Duration COMPILE_LIMIT = Duration.ofMinutes(10);

    private final Path folder;

    ProgramCache(Path folder) {
        this.folder = folder;
    }

    /** The program built by this compiler; compiles it if that was not done before. */
    Path program(Path nvcc, ProfilerListener listener) throws IOException, InterruptedException {
        String version = output(nvcc, "--version", listener);
        Path program = folder.resolve("partiflow_profile-" + digest(version));
        if (!Files.isExecutable(program)) {
            listener.onProgress("compiling " + ProgramSources.MAIN);
            Files.createDirectories(folder);
            Path work = Files.createTempDirectory(folder, "build");
            try {
                Files.move(compile(nvcc, work, listener), program, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(work.resolve("program"));
                ProgramSources.deleteFrom(work);
                Files.deleteIfExists(work);
            }
        }
        return program;
    }

    private static Path compile(Path nvcc, Path work, ProfilerListener listener)
            throws IOException, InterruptedException {
        ProgramSources.writeTo(work);
        Path program = work.resolve("program");
        List<String> command = new ArrayList<>(List.of(nvcc.toString()));
        command.addAll(OPTIONS);
        command.addAll(targets(output(nvcc, "--list-gpu-arch", listener)));
        Path source = work.resolve(ProgramSources.MAIN);
        command.addAll(List.of("-o", program.toString(), source.toString(), "-ldl"));
        ProgramRun run = ProgramRun.of(command, COMPILE_LIMIT, listener);
        if (run.exitCode() != 0) {
            throw new ProfilerFailedException(
                    Reason.COMPILATION, "nvcc ended with " + run.exitCode() + ": " + run.lastLine());
        }
        return program;
    }

    /** Machine code for each family that the compiler knows, and portable code of the newest for what comes later. */
    private static List<String> targets(String known) {
        List<String> targets = new ArrayList<>();
        String newest = "";
        for (String family : FAMILIES) {
            if (known.lines().anyMatch(line -> line.strip().equals(family))) {
                targets.add("-gencode");
                targets.add("arch=" + family + ",code=" + family.replace("compute", "sm"));
                newest = family;
            }
        }
        if (!newest.isEmpty()) {
            targets.addAll(List.of("-gencode", "arch=" + newest + ",code=" + newest));
        }
        return targets;
    }

    private static String output(Path nvcc, String option, ProfilerListener listener)
            throws IOException, InterruptedException {
        return ProgramRun.of(List.of(nvcc.toString(), option), COMPILE_LIMIT, listener)
                .output();
    }

    private static String digest(String compiler) throws IOException {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            for (byte[] source : ProgramSources.all().values()) {
                sha.update(source);
            }
            sha.update(String.join(" ", OPTIONS).getBytes(StandardCharsets.UTF_8));
            sha.update(String.join(" ", FAMILIES).getBytes(StandardCharsets.UTF_8));
            sha.update(compiler.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sha.digest()).substring(0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
