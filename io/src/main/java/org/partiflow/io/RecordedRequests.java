package org.partiflow.io;

import java.nio.file.Path;
import java.util.List;
import org.partiflow.io.internal.tree.Problems;
import org.partiflow.io.internal.workload.Trace;
import org.partiflow.io.internal.workload.TraceReader;

/**
 * Recorded requests in the order of their file, which is that of their arrivals. Immutable.
 *
 * @param arrivalSeconds arrival times as recorded (Azure's from the first), not descending
 * @param promptTokens prompt lengths
 * @param outputTokens output lengths
 */
public record RecordedRequests(List<Double> arrivalSeconds, List<Integer> promptTokens, List<Integer> outputTokens) {
    /** Copies the columns and rejects columns of different lengths. */
    public RecordedRequests {
        arrivalSeconds = List.copyOf(arrivalSeconds);
        promptTokens = List.copyOf(promptTokens);
        outputTokens = List.copyOf(outputTokens);
        if (promptTokens.size() != arrivalSeconds.size() || outputTokens.size() != arrivalSeconds.size()) {
            throw new IllegalArgumentException("the columns of a trace differ in length");
        }
    }

    /**
     * Reads a trace in any format that workloads may name; which one is told from its first line.
     *
     * @throws InvalidFileException if it cannot be used; each problem names the line
     */
    public static RecordedRequests readOrThrow(Path file) {
        Problems problems = new Problems(file.toString());
        Trace trace = TraceReader.read(file, null, Integer.MAX_VALUE, Digests.newSha256(), problems);
        if (trace != null && trace.times().isEmpty()) {
            problems.add("line 1", "the header has no arrival times; add a column arrival_s");
        }
        if (trace == null || problems.count() > 0) {
            return Documents.<RecordedRequests>orThrow(Documents.invalid(problems));
        }
        double start = trace.startSeconds();
        return new RecordedRequests(
                trace.times().stream().map(time -> start + time).toList(),
                java.util.Arrays.stream(trace.prompts()).boxed().toList(),
                java.util.Arrays.stream(trace.outputs()).boxed().toList());
    }
}
