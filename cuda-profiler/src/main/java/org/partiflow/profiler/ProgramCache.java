package org.partiflow.profiler;

import java.io.IOException;
import java.io.InputStream;
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
    /** Ampere and Hopper as machine code, everything from Turing on through PTX. */
    private static final List<String> OPTIONS = List.of(
            "-O2",
            "-std=c++17",
            "-gencode",
            "arch=compute_80,code=sm_80",
            "-gencode",
            "arch=compute_90,code=sm_90",
            "-gencode",
            "arch=compute_75,code=compute_75");

    private static final String SOURCE = "partiflow_profile.cu";
    private static final Duration COMPILE_LIMIT = Duration.ofMinutes(5);

    private final Path folder;

    ProgramCache(Path folder) {
        this.folder = folder;
    }

    /** The program built by this compiler; compiles it if that was not done before. */
    Path program(Path nvcc, ProfilerListener listener) throws IOException, InterruptedException {
        byte[] source = source();
        String version = ProgramRun.of(List.of(nvcc.toString(), "--version"), COMPILE_LIMIT, listener)
                .output();
        Path program = folder.resolve("partiflow_profile-" + digest(source, version));
        if (!Files.isExecutable(program)) {
            listener.onProgress("compiling " + SOURCE);
            Files.createDirectories(folder);
            Path work = Files.createTempDirectory(folder, "build");
            try {
                Files.move(compile(nvcc, source, work, listener), program, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(work.resolve("program"));
                Files.deleteIfExists(work.resolve(SOURCE));
                Files.deleteIfExists(work);
            }
        }
        return program;
    }

    private static Path compile(Path nvcc, byte[] source, Path work, ProfilerListener listener)
            throws IOException, InterruptedException {
        Path file = Files.write(work.resolve(SOURCE), source);
        Path program = work.resolve("program");
        List<String> command = new ArrayList<>(List.of(nvcc.toString()));
        command.addAll(OPTIONS);
        command.addAll(List.of("-o", program.toString(), file.toString(), "-ldl"));
        ProgramRun run = ProgramRun.of(command, COMPILE_LIMIT, listener);
        if (run.exitCode() != 0) {
            throw new ProfilerFailedException(
                    Reason.COMPILATION, "nvcc ended with " + run.exitCode() + ": " + run.lastLine());
        }
        return program;
    }

    private static byte[] source() throws IOException {
        try (InputStream stream = ProgramCache.class.getResourceAsStream(SOURCE)) {
            if (stream == null) {
                throw new IllegalStateException(SOURCE + " is missing from the library");
            }
            return stream.readAllBytes();
        }
    }

    private static String digest(byte[] source, String compiler) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(source);
            sha.update(String.join(" ", OPTIONS).getBytes(StandardCharsets.UTF_8));
            sha.update(compiler.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sha.digest()).substring(0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
