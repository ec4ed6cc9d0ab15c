package org.partiflow.cli.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.partiflow.cli.text.TextTable;
import org.partiflow.simulator.RequestRecords;
import org.partiflow.studies.words.Numbers;

/** What was measured of each request of a trace: columns ttft_s, tpot_ms and e2e_s beside the recorded requests. Immutable. */
public final class MeasuredRun {
    private static final double MILLI = 1e-3;

    private final double[] firstToken;
    private final double[] perToken;
    private final double[] endToEnd;

    private MeasuredRun(double[] firstToken, double[] perToken, double[] endToEnd) {
        this.firstToken = firstToken;
        this.perToken = perToken;
        this.endToEnd = endToEnd;
    }

    /**
     * Reads the columns of a trace that has one row per request.
     *
     * @param file a trace that has been read as such
     * @param requests how many requests were read
     * @return empty if the file lacks a column or has other rows too
     * @throws IllegalArgumentException naming file and line if a cell is no number
     */
    public static Optional<MeasuredRun> find(Path file, int requests) {
        List<String> lines;
        try {
            lines = Files.readString(file, StandardCharsets.UTF_8)
                    .stripTrailing()
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read '" + file + "' again", e);
        }
        List<String> header = Arrays.asList(lines.get(0).strip().split(",", -1));
        List<String> wanted = List.of("ttft_s", "tpot_ms", "e2e_s");
        if (!header.containsAll(wanted) || lines.size() != requests + 1) {
            return Optional.empty();
        }
        double[][] columns = wanted.stream()
                .map(name -> column(file, lines, header.indexOf(name)))
                .toArray(double[][]::new);
        double[] perToken = Arrays.stream(columns[1]).map(ms -> ms * MILLI).toArray();
        return Optional.of(new MeasuredRun(columns[0], perToken, columns[2]));
    }

    /** Measured against simulated, and the median error of a request's end-to-end time. */
    public String compare(RequestRecords records) {
        TextTable table = new TextTable("<>>>", "MEASURED AGAINST SIMULATED", "MEASURED", "SIMULATED", "ERROR");
        row(table, "Mean TPOT", mean(i -> perToken[i]), mean(records::timePerOutputTokenSeconds));
        row(table, "Mean E2E", mean(i -> endToEnd[i]), mean(records::endToEndSeconds));
        row(table, "Median TTFT", median(i -> firstToken[i]), median(records::timeToFirstTokenSeconds));
        double each = median(i -> Math.abs(records.endToEndSeconds(i) / endToEnd[i] - 1));
        return table + "Median error of a request's E2E: " + Numbers.percent(each) + "\n";
    }

    private static void row(TextTable table, String name, double measured, double simulated) {
        double error = simulated / measured - 1;
        table.row(
                name,
                Numbers.seconds(measured),
                Numbers.seconds(simulated),
                (error < 0 ? "-" : "+") + Numbers.percent(Math.abs(error)));
    }

    private double mean(IntToDoubleFunction value) {
        return known(value).average().orElse(0);
    }

    private double median(IntToDoubleFunction value) {
        double[] sorted = known(value).sorted().toArray();
        return sorted.length == 0 ? 0 : (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    private java.util.stream.DoubleStream known(IntToDoubleFunction value) {
        return IntStream.range(0, endToEnd.length).mapToDouble(value).filter(Double::isFinite);
    }

    private static double[] column(Path file, List<String> lines, int position) {
        double[] values = new double[lines.size() - 1];
        for (int i = 0; i < values.length; i++) {
            String cell = lines.get(i + 1).split(",", -1)[position].strip();
            try {
                values[i] = cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        file + ": line " + (i + 2) + ": '" + cell + "' is no number; repair or empty the cell", e);
            }
        }
        return values;
    }
}
