package org.partiflow.simulator;

import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Writes an {@link ExecutionTrace} as Chrome trace-event JSON, which Perfetto opens. One process per group with one
 * thread per stage; counters for waiting requests and KV tokens; one process for transfers, in as many lanes as there are
 * at once; one for requests, each a span from its arrival to its last token. An arrow leads from the pass that ends a
 * prompt to the first pass of the decode group that can have its cache. Times are whole microseconds: starts and ends are
 * rounded, not durations, so that what follows each other never overlaps, which viewers would draw nested. Stateless;
 * O(slices + transfers log transfers) time.
 */
public final class ChromeTrace {
    private static final double MICROS = 1e6;

    private final ExecutionTrace trace;
    private final Appendable out;
    private String separator = "\n";

    private ChromeTrace(ExecutionTrace trace, Appendable out) {
        this.trace = trace;
        this.out = out;
    }

    /**
     * Writes the trace; neither flushes nor closes {@code out}.
     *
     * @throws IOException if {@code out} throws it
     */
    public static void write(ExecutionTrace trace, Appendable out) throws IOException {
        new ChromeTrace(trace, out).writeAll();
    }

    private void writeAll() throws IOException {
        out.append("{\"displayTimeUnit\":\"ms\",\"traceEvents\":[");
        for (int group = 0; group < trace.groups().size(); group++) {
            process(group, trace.groups().get(group));
            for (int stage = 0; stage < trace.stages().get(group); stage++) {
                name("thread_name", group, stage, "stage " + stage);
            }
        }
        process(trace.groups().size(), "KV transfers");
        process(trace.groups().size() + 1, "requests");
        for (ExecutionTrace.Slice slice : trace.slices()) {
            slice(slice);
        }
        int[] lanes = TransferLanes.of(trace.transfers());
        for (int i = 0; i < lanes.length; i++) {
            transfer(trace.transfers().get(i), lanes[i]);
        }
        arrows();
        for (ExecutionTrace.Lifetime request : trace.requests()) {
            request(request);
        }
        out.append("\n]}\n");
    }

    private void process(int pid, String label) throws IOException {
        name("process_name", pid, 0, label);
        event(
                "{\"name\":\"process_sort_index\",\"ph\":\"M\",\"pid\":%d,\"tid\":0,\"args\":{\"sort_index\":%d}}",
                pid, pid);
    }

    private void name(String what, int pid, int tid, String label) throws IOException {
        event(
                "{\"name\":\"%s\",\"ph\":\"M\",\"pid\":%d,\"tid\":%d,\"args\":{\"name\":\"%s\"}}",
                what, pid, tid, escape(label));
    }

    private void slice(ExecutionTrace.Slice slice) throws IOException {
        String name = slice.promptTokens() == 0 ? "decode" : slice.decodedTokens() == 0 ? "prefill" : "mixed";
        event(
                "{\"name\":\"%s\",\"cat\":\"pass\",\"ph\":\"X\",\"pid\":%d,\"tid\":%d,\"ts\":%d,\"dur\":%d,"
                        + "\"args\":{\"sequences\":%d,\"promptTokens\":%d,\"decodedTokens\":%d}}",
                name,
                slice.group(),
                slice.stage(),
                micros(slice.startSeconds()),
                micros(slice.endSeconds()) - micros(slice.startSeconds()),
                slice.sequences(),
                slice.promptTokens(),
                slice.decodedTokens());
        if (slice.stage() == 0) {
            counter("waiting", slice.group(), slice.startSeconds(), slice.waiting());
            counter("kvTokens", slice.group(), slice.startSeconds(), slice.kvTokens());
        }
    }

    private void counter(String name, int pid, double seconds, long value) throws IOException {
        event(
                "{\"name\":\"%s\",\"ph\":\"C\",\"pid\":%d,\"ts\":%d,\"args\":{\"value\":%d}}",
                name, pid, micros(seconds), value);
    }

    private void transfer(ExecutionTrace.Transfer transfer, int lane) throws IOException {
        event(
                "{\"name\":\"kv %s->%s\",\"cat\":\"kv\",\"ph\":\"X\",\"pid\":%d,\"tid\":%d,\"ts\":%d,\"dur\":%d,"
                        + "\"args\":{\"request\":%d,\"wireMicros\":%d}}",
                escape(trace.groups().get(transfer.from())),
                escape(trace.groups().get(transfer.to())),
                trace.groups().size(),
                lane,
                micros(transfer.startSeconds()),
                micros(transfer.readySeconds()) - micros(transfer.startSeconds()),
                transfer.request(),
                micros(transfer.wireEndSeconds()) - micros(transfer.startSeconds()));
    }

    /** One arrow for each completed request that moved: its last transfer, if it moved in parts or again. */
    private void arrows() throws IOException {
        Map<Integer, ExecutionTrace.Transfer> last = new HashMap<>();
        trace.transfers().forEach(transfer -> last.put(transfer.request(), transfer));
        for (ExecutionTrace.Lifetime request : trace.requests()) {
            ExecutionTrace.Transfer transfer = last.get(request.request());
            if (transfer != null) {
                int stage = trace.stages().get(transfer.from()) - 1;
                long inLastPass = micros(request.firstTokenSeconds()) - 1; // an arrow starts inside a slice
                arrow("s", request.request(), transfer.from(), stage, inLastPass);
                arrow("f", request.request(), transfer.to(), 0, micros(transfer.readySeconds()));
            }
        }
    }

    private void arrow(String end, int id, int pid, int tid, long ts) throws IOException {
        event(
                "{\"name\":\"kv\",\"cat\":\"kv\",\"ph\":\"%s\",\"id\":%d,\"pid\":%d,\"tid\":%d,\"ts\":%d}",
                end, id, pid, tid, ts);
    }

    private void request(ExecutionTrace.Lifetime request) throws IOException {
        String head =
                "{\"name\":\"%s\",\"cat\":\"request\",\"ph\":\"%s\",\"id\":\"r%d\",\"pid\":%d,\"tid\":0,\"ts\":%d";
        int pid = trace.groups().size() + 1;
        event(
                head + ",\"args\":{\"promptTokens\":%d,\"outputTokens\":%d,\"group\":\"%s\"}}",
                "request",
                "b",
                request.request(),
                pid,
                micros(request.arrivalSeconds()),
                request.promptTokens(),
                request.outputTokens(),
                escape(trace.groups().get(request.group())));
        event(head + "}", "first token", "n", request.request(), pid, micros(request.firstTokenSeconds()));
        event(head + "}", "request", "e", request.request(), pid, micros(request.finishSeconds()));
    }

    private void event(String format, Object... values) throws IOException {
        out.append(separator).append(String.format(Locale.ROOT, format, values));
        separator = ",\n";
    }

    private static long micros(double seconds) {
        return Math.round(seconds * MICROS);
    }

    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                escaped.append('\\').append(c);
            } else if (c < ' ') {
                escaped.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
