package org.partiflow.costmodel;

import java.util.function.DoubleBinaryOperator;

/**
 * Seconds as a function of the rows of a pass and of what they attend to in sum: bilinear between knots at two steps an
 * octave; in proportion to the rows below one row and to what is attended to above the last knot. Falls in neither.
 * Immutable and thread-safe; a look-up is a few operations, without allocation.
 */
public final class LoadTable {
    private static final int STEPS = 2;
    private static final int ROWS = 18 * STEPS + 1;
    private static final int ATTENDED = 38 * STEPS + 1;

    private final double[] seconds;

    private LoadTable(double[] seconds) {
        this.seconds = seconds;
    }

    /**
     * A table of a law. Where the law falls as the same attended tokens are spread over more rows, the lower envelope is
     * taken; where it falls as more is attended to, the upper.
     *
     * @param law seconds for rows and attended tokens, both at least 1; finite and not negative
     */
    public static LoadTable of(DoubleBinaryOperator law) {
        double[] seconds = new double[ROWS * ATTENDED];
        for (int row = ROWS - 1; row >= 0; row--) {
            for (int attended = 0; attended < ATTENDED; attended++) {
                double raw = law.applyAsDouble(Octaves.knot(row, STEPS), Octaves.knot(attended, STEPS));
                double more = row + 1 < ROWS ? seconds[(row + 1) * ATTENDED + attended] : raw;
                seconds[row * ATTENDED + attended] = Math.min(raw, more);
            }
        }
        for (int at = 0; at < seconds.length; at++) {
            seconds[at] = at % ATTENDED == 0 ? seconds[at] : Math.max(seconds[at], seconds[at - 1]);
        }
        return new LoadTable(seconds);
    }

    /** Seconds of the smallest load. */
    public double least() {
        return seconds[0];
    }

    /** This table with so many seconds less everywhere, but not below 0. */
    public LoadTable less(double start) {
        double[] rest = seconds.clone();
        for (int at = 0; at < rest.length; at++) {
            rest[at] = Math.max(0, rest[at] - start);
        }
        return new LoadTable(rest);
    }

    /** The pointwise maximum of this table and {@code factor} times another. */
    public LoadTable atLeast(LoadTable other, double factor) {
        double[] larger = seconds.clone();
        for (int at = 0; at < larger.length; at++) {
            larger[at] = Math.max(larger[at], factor * other.seconds[at]);
        }
        return new LoadTable(larger);
    }

    /** Seconds for so many rows that attend to so many tokens in sum; 0 without rows. */
    public double at(double rows, double attended) {
        if (rows <= 0) {
            return 0;
        }
        double share = Math.min(1, rows);
        double p = Math.min(ROWS - 1 - 1e-9, Octaves.position(Math.max(1, rows), STEPS));
        double q = Octaves.position(Math.max(1, attended), STEPS);
        double beyond = q < ATTENDED - 1 ? 1 : attended / Octaves.knot(ATTENDED - 1, STEPS);
        q = Math.min(ATTENDED - 1 - 1e-9, q);
        int i = (int) p;
        int j = (int) q;
        int at = i * ATTENDED + j;
        double low = seconds[at] + (q - j) * (seconds[at + 1] - seconds[at]);
        double high = seconds[at + ATTENDED] + (q - j) * (seconds[at + ATTENDED + 1] - seconds[at + ATTENDED]);
        return share * beyond * (low + (p - i) * (high - low));
    }
}
