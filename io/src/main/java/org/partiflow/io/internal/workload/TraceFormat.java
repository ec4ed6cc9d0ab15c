package org.partiflow.io.internal.workload;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Formats of recorded traces. */
@SuppressWarnings("ImmutableEnumChecker") // The lists are made by List.of.
public enum TraceFormat {
    /** Azure LLM inference traces: {@code TIMESTAMP,ContextTokens,GeneratedTokens}, date and time of day. */
    AZURE("azure", List.of("TIMESTAMP"), List.of("ContextTokens"), List.of("GeneratedTokens")),
    /** Mooncake: one JSON object per line, milliseconds. */
    MOONCAKE("mooncake", List.of("timestamp"), List.of("input_length"), List.of("output_length")),
    /** Splitwise: {@code arrival_timestamp, prompt_size, token_size} among others, seconds. */
    SPLITWISE("splitwise", List.of("arrival_timestamp"), List.of("prompt_size"), List.of("token_size")),
    /** BurstGPT: {@code Timestamp, Request tokens, Response tokens} among others, seconds; failed requests are left out. */
    BURSTGPT("burstgpt", List.of("Timestamp"), List.of("Request tokens"), List.of("Response tokens")),
    /** Vidur's processed traces: {@code arrived_at,num_prefill_tokens,num_decode_tokens}, seconds. */
    VIDUR("vidur", List.of("arrived_at"), List.of("num_prefill_tokens"), List.of("num_decode_tokens")),
    /** Comma-separated with a header, seconds; columns are matched by name and others are left alone. */
    CSV(
            "csv",
            List.of("arrival_s", "arrived_at", "arrival_time"),
            List.of("input_toks", "num_prefill_tokens", "prompt_tokens", "input_tokens", "prefill_tokens"),
            List.of("output_toks", "num_decode_tokens", "output_tokens", "decode_tokens"));

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

    /** The format that a first line shows; plain CSV where none is recognised. */
    static TraceFormat detect(String firstLine) {
        if (firstLine.stripLeading().startsWith("{")) {
            return MOONCAKE;
        }
        List<String> header = CsvRows.header(firstLine);
        for (TraceFormat format : values()) {
            if (format != MOONCAKE
                    && CsvRows.column(header, format.arrival) >= 0
                    && CsvRows.column(header, format.prompt) >= 0
                    && CsvRows.column(header, format.output) >= 0) {
                return format;
            }
        }
        return CSV;
    }

    private static Map<String, TraceFormat> byName() {
        Map<String, TraceFormat> formats = new LinkedHashMap<>();
        for (TraceFormat format : values()) {
            formats.put(format.formatName, format);
        }
        return formats;
    }
}
