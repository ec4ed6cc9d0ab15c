package org.partiflow.io.internal.workload;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Formats of recorded traces. */
public enum TraceFormat {
    /** Azure LLM inference traces: {@code TIMESTAMP,ContextTokens,GeneratedTokens}, date and time of day. */
    AZURE("azure", List.of("TIMESTAMP"), List.of("ContextTokens"), List.of("GeneratedTokens")),
    /** Mooncake: one JSON object per line, milliseconds. */
    MOONCAKE("mooncake", List.of("timestamp"), List.of("input_length"), List.of("output_length")),
    /** Comma-separated with a header, seconds; columns are matched by name and others are left alone. */
    CSV(
            "csv",
            List.of("arrival_s", "arrived_at", "arrival_time"),
            List.of("input_toks", "num_prefill_tokens", "prompt_tokens", "input_tokens"),
            List.of("output_toks", "num_decode_tokens", "output_tokens"));

    /** Formats by the name that files use. */
    public static final Map<String, TraceFormat> BY_NAME = byName();

    private final String formatName;
    private final List<String> arrival;
    private final List<String> prompt;
    private final List<String> output;

    TraceFormat(String formatName, List<String> arrival, List<String> prompt, List<String> output) {
        this.formatName = formatName;
        this.arrival = arrival;
        this.prompt = prompt;
        this.output = output;
    }

    List<String> arrival() {
        return arrival;
    }

    List<String> prompt() {
        return prompt;
    }

    List<String> output() {
        return output;
    }

    private static Map<String, TraceFormat> byName() {
        Map<String, TraceFormat> formats = new LinkedHashMap<>();
        for (TraceFormat format : values()) {
            formats.put(format.formatName, format);
        }
        return formats;
    }
}
