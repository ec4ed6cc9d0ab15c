package org.partiflow.costmodel.calibration;

import java.util.List;

/** One row of a {@link MeasuredTable}. Not changed after construction. */
public final class MeasuredRow {
    private final String file;
    private final int number;
    private final List<String> header;
    private final String[] cells;

    MeasuredRow(String file, int number, List<String> header, String[] cells) {
        this.file = file;
        this.number = number;
        this.header = header;
        this.cells = cells;
    }

    /** Whether a column is there and not blank. */
    boolean has(String column) {
        int at = header.indexOf(column);
        return at >= 0 && !cells[at].isBlank();
    }

    /** The cell of a column. */
    String text(String column) {
        int at = header.indexOf(column);
        if (at < 0 || cells[at].isBlank()) {
            throw problem("column '" + column + "' is blank");
        }
        return cells[at].strip();
    }

    /** A number above 0. */
    double positive(String column) {
        return atLeast(column, Double.MIN_VALUE, "above 0");
    }

    /** A number of 0 or more. */
    double nonNegative(String column) {
        return atLeast(column, 0, "of 0 or more");
    }

    private double atLeast(String column, double least, String what) {
        String text = text(column);
        double value;
        try {
            value = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw problem("column '" + column + "' is " + Quote.of(text) + ", expected a number " + what);
        }
        if (!(value >= least) || Double.isInfinite(value)) {
            throw problem("column '" + column + "' is " + Quote.shortened(text) + ", expected a finite number " + what);
        }
        return value;
    }

    /** An error of this row. */
    IllegalArgumentException problem(String message) {
        return new IllegalArgumentException(file + ": row " + number + ": " + message);
    }
}
