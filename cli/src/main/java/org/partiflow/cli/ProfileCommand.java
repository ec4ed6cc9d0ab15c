package org.partiflow.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.control.ProgressEvent;
import org.partiflow.cli.run.MeasuredFiles;
import org.partiflow.cli.run.OutputFiles;
import org.partiflow.cli.run.ProgressView;
import org.partiflow.profiler.NativeProfiler;
import org.partiflow.profiler.ProfilerFailedException;
import org.partiflow.profiler.ProfilerUnavailableException;
import org.partiflow.profiler.RawProfileException;
import org.partiflow.profiler.RawProfileReader;
import org.partiflow.profiler.RemoteScript;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code partiflow profile}: measures a GPU of this machine, or writes a script that measures one elsewhere. */
@Command(
        name = "profile",
        description = "Measures a GPU of this machine with a CUDA program that it compiles first (nvcc is needed), and"
                + " writes what 'calibrate --profile' reads.",
        mixinStandardHelpOptions = true)
final class ProfileCommand implements Callable<Integer> {
    private static final Duration LIMIT = Duration.ofMinutes(30);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--quick", description = "About a minute. The default.")
    private boolean quick;

    @Option(names = "--full", description = "About ten minutes: more shapes and sizes.")
    private boolean full;

    @Option(names = "--gpu", paramLabel = "I", description = "CUDA index of the GPU. Default: ${DEFAULT-VALUE}.")
    private int gpu;

    @Option(names = "--out", paramLabel = "FILE", description = "Where the result goes. Default: standard output.")
    private @Nullable Path out;

    @Option(
            names = "--remote-script",
            description = "Measure nothing; write a shell script that carries the program to a machine with nvcc and a"
                    + " GPU, but without Java and without a network.")
    private boolean remoteScript;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (quick && full) {
            throw new IllegalArgumentException("--quick and --full exclude each other");
        }
        if (gpu < 0) {
            throw new IllegalArgumentException("--gpu must be 0 or more, got " + gpu);
        }
        if (out != null) {
            OutputFiles.require(List.of(out), List.of());
        }
        if (remoteScript) {
            deliver(RemoteScript.text());
            return ExitCodes.DONE;
        }
        try (ProgressView progress = ProgressView.start("profile")) {
            NativeProfiler profiler = new NativeProfiler(cache(), LIMIT);
            String document =
                    profiler.document(gpu, full, line -> progress.on(new ProgressEvent.StepStarted(line.strip())));
            new RawProfileReader().read(document);
            deliver(document.endsWith("\n") ? document : document + "\n");
            return ExitCodes.DONE;
        } catch (ProfilerUnavailableException | ProfilerFailedException | RawProfileException e) {
            spec.commandLine().getErr().println("partiflow: " + e.getMessage());
            return ExitCodes.FAILED;
        }
    }

    private void deliver(String text) {
        if (out != null) {
            MeasuredFiles.write(out, text.getBytes(StandardCharsets.UTF_8));
        } else {
            PrintWriter writer = spec.commandLine().getOut();
            writer.print(text);
            writer.flush();
        }
    }

    /** Compiled programs are kept between runs where the system keeps such things. */
    private static Path cache() {
        String base = System.getenv("XDG_CACHE_HOME");
        Path folder =
                base == null || base.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(base);
        return folder.resolve("partiflow");
    }
}
