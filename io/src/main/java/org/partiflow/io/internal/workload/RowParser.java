package org.partiflow.io.internal.workload;

import java.util.Locale;
import java.util.Optional;
import org.partiflow.io.internal.tree.Problems;

/** Parses the rows of one trace, and checks what all formats have in common. One thread only. */
abstract class RowParser {
    private final Problems problems;

    RowParser(Problems problems) {
        this.problems = problems;
    }

    /** Adds the request of a line, or a problem. */
    abstract void add(String place, String line, TraceRows rows);

    /** Whether the rows have arrival times. */
    abstract boolean isTimed();

    final void problem(String place, String message) {
        problems.add(place, message);
    }

    final void add(String place, double seconds, int prompt, int output, TraceRows rows) {
        if (rows.size() > 0 && seconds < rows.lastTime()) {
            problem(
                    place,
                    String.format(
                            Locale.ROOT,
                            "the arrival goes back in time, by %.6f s; sort the trace by arrival",
                            rows.lastTime() - seconds));
            return;
        }
        rows.add(seconds, prompt, output);
    }

    final Optional<Integer> tokens(String place, String column, String text) {
        // Pandas writes whole numbers of columns with gaps as 12.0.
        String digits = text.strip().replaceFirst("\\.0+$", "");
        boolean number = digits.matches("[0-9]{1,9}");
        int tokens = number ? Integer.parseInt(digits) : 0;
        if (tokens < 1 || tokens > WorkloadParser.MAX_TOKENS) {
            String shown = text.length() > 40 ? text.substring(0, 40) + "..." : text;
            problem(
                    place,
                    column + " must be a whole number from 1 to " + WorkloadParser.MAX_TOKENS + ", got '" + shown
                            + "'; repair or remove the line");
            return Optional.empty();
        }
        return Optional.of(tokens);
    }

    final Optional<Double> number(String place, String column, String text) {
        if (text.strip().matches("[0-9]+(\\.[0-9]*)?([eE][+-]?[0-9]{1,3})?")) {
            double value = Double.parseDouble(text.strip());
            if (Double.isFinite(value)) {
                return Optional.of(value);
            }
        }
        String shown = text.length() > 40 ? text.substring(0, 40) + "..." : text;
        problem(place, column + " must be a number that is not negative, got '" + shown + "'; repair the line");
        return Optional.empty();
    }
}
