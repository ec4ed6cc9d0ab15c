package org.partiflow.cli.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.partiflow.simulator.ChromeTrace;
import org.partiflow.simulator.ExecutionTrace;

/** The content of a trace file. Stateless. */
public final class TraceFile {
    private TraceFile() {}

    /** The trace as Chrome trace-event JSON, UTF-8. */
    public static byte[] toBytes(ExecutionTrace trace) {
        StringBuilder text = new StringBuilder();
        try {
            ChromeTrace.write(trace, text);
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot fail", e);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
