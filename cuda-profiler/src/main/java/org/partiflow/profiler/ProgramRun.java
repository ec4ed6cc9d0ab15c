package org.partiflow.profiler;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.partiflow.profiler.ProfilerFailedException.Reason;

/**
 * A finished child process. Its output goes through a file, so that neither side can block the other.
 *
 * @param exitCode exit status
 * @param output standard output
 * @param lastLine last line of standard error that was not blank; empty if there was none
 */
record ProgramRun(int exitCode, String output, String lastLine) {
    /** Runs a command to its end; kills it at the time limit or when this thread is interrupted. */
    static ProgramRun of(List<String> command, Duration limit, ProfilerListener listener)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("partiflow-profile", ".out");
        try {
            Process process =
                    new ProcessBuilder(command).redirectOutput(output.toFile()).start();
            LineReader reader = new LineReader(process, listener);
            reader.start();
            try {
                process.getOutputStream().close();
                if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new ProfilerFailedException(
                            Reason.TIMEOUT, "'" + command.get(0) + "' did not end within " + limit.toSeconds() + " s");
                }
            } finally {
                if (process.isAlive()) { // destroying a finished process would close its unread messages
                    process.destroyForcibly();
                }
                reader.join(TimeUnit.SECONDS.toMillis(5));
            }
            return new ProgramRun(process.exitValue(), Files.readString(output), reader.lastLine);
        } finally {
            Files.deleteIfExists(output);
        }
    }

    /** Passes standard error on, line by line. */
    private static final class LineReader extends Thread {
        private final Process process;
        private final ProfilerListener listener;
        private volatile String lastLine = "";

        LineReader(Process process, ProfilerListener listener) {
            super("partiflow-profiler-progress");
            setDaemon(true);
            this.process = process;
            this.listener = listener;
        }

        @Override
        public void run() {
            try (BufferedReader lines = process.errorReader(StandardCharsets.UTF_8)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    lastLine = line.isBlank() ? lastLine : line.strip();
                    listener.onProgress(line);
                }
            } catch (IOException | UncheckedIOException e) {
                // The process was killed and its pipe closed: nothing more is to be heard.
                lastLine = lastLine.isEmpty() ? "its messages could not be read: " + e.getMessage() : lastLine;
            }
        }
    }
}
