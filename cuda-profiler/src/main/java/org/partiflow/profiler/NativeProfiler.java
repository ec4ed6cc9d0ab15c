package org.partiflow.profiler;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.partiflow.profiler.ProfilerFailedException.Reason;

/**
 * Compiles the measuring program with the machine's own nvcc, runs it as a child process and reads its report. Java
 * itself links no CUDA. Thread-safe; two calls at once disturb each other's measurements.
 */
public final class NativeProfiler {
    private static final int NO_DEVICE = 3;
    private static final int OUT_OF_MEMORY = 4;
    private static final int SELF_CHECK = 5;

    private final Map<String, String> environment;
    private final ProgramCache programs;
    private final Duration limit;

    /**
     * A profiler.
     *
     * @param cacheFolder where compiled programs are kept; created when needed
     * @param limit longest time that one run may take
     */
    public NativeProfiler(Path cacheFolder, Duration limit) {
        this(cacheFolder, limit, System.getenv());
    }

    NativeProfiler(Path cacheFolder, Duration limit, Map<String, String> environment) {
        this.programs = new ProgramCache(cacheFolder);
        this.limit = limit;
        this.environment = Map.copyOf(environment);
    }

    /**
     * Measures one GPU: about a minute, or about ten.
     *
     * @param device CUDA index of the GPU
     * @param full more shapes and sizes
     * @param listener hears of progress
     * @throws ProfilerUnavailableException if there is no nvcc or no such GPU
     * @throws ProfilerFailedException if compiling or measuring fails
     * @throws RawProfileException if the program's report cannot be read
     * @throws IOException if files or processes cannot be made
     * @throws InterruptedException if the thread is interrupted; the child process is then killed
     */
    public RawProfile profile(int device, boolean full, ProfilerListener listener)
            throws IOException, InterruptedException {
        return new RawProfileReader().read(document(device, full, listener));
    }

    /** As {@link #profile}, but the report as text, unread. */
    public String document(int device, boolean full, ProfilerListener listener)
            throws IOException, InterruptedException {
        return run(List.of("--device", Integer.toString(device), full ? "--full" : "--quick"), listener);
    }

    /**
     * Compiles the program and runs its checks that need no GPU.
     *
     * @throws ProfilerUnavailableException if there is no nvcc
     * @throws ProfilerFailedException if compiling or a check fails
     * @throws IOException if files or processes cannot be made
     * @throws InterruptedException if the thread is interrupted
     */
    public void selfTest(ProfilerListener listener) throws IOException, InterruptedException {
        run(List.of("--self-test-host"), listener);
    }

    private String run(List<String> options, ProfilerListener listener) throws IOException, InterruptedException {
        Path nvcc = Nvcc.find(environment)
                .orElseThrow(() -> new ProfilerUnavailableException(
                        "nvcc was not found: install the CUDA toolkit or put its bin folder on PATH"));
        List<String> command =
                new ArrayList<>(List.of(programs.program(nvcc, listener).toString()));
        command.addAll(options);
        ProgramRun run = ProgramRun.of(command, limit, listener);
        switch (run.exitCode()) {
            case 0:
                return run.output();
            case NO_DEVICE:
                throw new ProfilerUnavailableException(
                        "no GPU can be used here: " + run.lastLine() + "; check the driver with nvidia-smi");
            case OUT_OF_MEMORY:
                throw new ProfilerFailedException(Reason.OUT_OF_MEMORY, run.lastLine());
            case SELF_CHECK:
                throw new ProfilerFailedException(Reason.SELF_CHECK, run.lastLine());
            default:
                throw new ProfilerFailedException(
                        Reason.CRASH, "the profiler ended with " + run.exitCode() + ": " + run.lastLine());
        }
    }
}
