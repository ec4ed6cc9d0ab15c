package org.partiflow.io.internal.workload;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.partiflow.io.internal.tree.Problems;

/** Comma-separated rows under a header; columns are found by name. */
final class CsvRows extends RowParser {
    private static final int NONE = -1;

    private final TraceFormat format;
    private final List<String> header;
    private final int arrival;
    private final int prompt;
    private final int output;
    private @Nullable Instant start;

    private CsvRows(TraceFormat format, List<String> header, int[] columns, Problems problems) {
        super(problems);
        this.format = format;
        this.header = header;
        this.arrival = columns[0];
        this.prompt = columns[1];
        this.output = columns[2];
    }

    /** Reads the header; empty when problems were added. */
    static Optional<CsvRows> open(@Nullable String headerLine, TraceFormat format, Problems problems) {
        if (headerLine == null) {
            problems.add("", "is empty; give a trace");
            return Optional.empty();
        }
        List<String> header = header(headerLine);
        int[] columns = {
            column(header, format.arrival()), column(header, format.prompt()), column(header, format.output())
        };
        boolean timeless = format == TraceFormat.CSV;
        if ((columns[0] == NONE && !timeless) || columns[1] == NONE || columns[2] == NONE) {
            String shown = headerLine.length() > 80 ? headerLine.substring(0, 80) + "..." : headerLine;
            problems.add(
                    "line 1",
                    "the header lacks a column; needed are " + String.join(" or ", format.arrival()) + ", "
                            + String.join(" or ", format.prompt()) + ", " + String.join(" or ", format.output())
                            + "; it is '" + shown.replaceAll("\\p{Cntrl}", " ") + "'");
            return Optional.empty();
        }
        return Optional.of(new CsvRows(format, header, columns, problems));
    }

    /** The columns of a header line, which may start with a byte order mark. */
    static List<String> header(String line) {
        return split(line.startsWith("\uFEFF") ? line.substring(1) : line);
    }

    @Override
    boolean isTimed() {
        return arrival != NONE;
    }

    @Override
    void add(String place, String line, TraceRows rows) {
        List<String> cells = split(line);
        if (cells.size() != header.size()) {
            problem(place, "has " + cells.size() + " columns, the header has " + header.size() + "; repair the line");
            return;
        }
        if (format == TraceFormat.BURSTGPT && isZero(cells.get(output))) {
            return; // a request that failed
        }
        Optional<Double> seconds = arrival == NONE ? Optional.of(0.0) : seconds(place, cells.get(arrival));
        Optional<Integer> prompts = tokens(place, header.get(prompt), cells.get(prompt));
        Optional<Integer> outputs = tokens(place, header.get(output), cells.get(output));
        if (seconds.isPresent() && prompts.isPresent() && outputs.isPresent()) {
            add(place, seconds.get(), prompts.get(), outputs.get(), rows);
        }
    }

    private Optional<Double> seconds(String place, String text) {
        if (format != TraceFormat.AZURE) {
            return number(place, header.get(arrival), text);
        }
        try {
            Instant instant = Timestamps.parse(text);
            Instant first = start == null ? instant : start;
            start = first;
            Duration since = Duration.between(first, instant);
            return Optional.of(since.getSeconds() + since.getNano() * 1e-9);
        } catch (DateTimeException e) {
            problem(place, "TIMESTAMP must be such as '2023-11-16 18:15:46.6805900'; repair the line");
            return Optional.empty();
        }
    }

    private static boolean isZero(String cell) {
        return cell.equals("0") || cell.equals("0.0");
    }

    private static List<String> split(String line) {
        String[] cells = line.split(",", -1);
        for (int i = 0; i < cells.length; i++) {
            String cell = cells[i].strip();
            boolean quoted = cell.length() >= 2 && cell.startsWith("\"") && cell.endsWith("\"");
            cells[i] = quoted ? cell.substring(1, cell.length() - 1) : cell;
        }
        return Arrays.asList(cells);
    }

    /** Position of the first of these names in the header, -1 if there is none. */
    static int column(List<String> header, List<String> names) {
        for (String name : names) {
            for (int i = 0; i < header.size(); i++) {
                if (header.get(i).equalsIgnoreCase(name)) {
                    return i;
                }
            }
        }
        return NONE;
    }
}
