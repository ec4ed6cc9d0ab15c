package org.partiflow.solvers.lp;

import java.util.Arrays;

/**
 * Geometric scaling of rows and columns by powers of two, which loses no bits. With row factor r, column factor s, value
 * unit C and limit unit B: {@code a' = r a s}, {@code c' = c s / C}, {@code b' = r b / B}, {@code u' = u / (s B)}; back,
 * {@code x = s B x'} and {@code y = C r y'}.
 */
final class LpScaling {
    private static final int PASSES = 4;

    final double[] row;
    double[] column;
    double valueUnit = 1;
    double limitUnit = 1;

    LpScaling(double[] limits, SparseColumns columns) {
        row = new double[limits.length];
        column = new double[Math.max(16, columns.count)];
        Arrays.fill(row, 1);
        for (int pass = 0; pass < PASSES; pass++) {
            scaleColumns(columns, 0);
            scaleRows(limits, columns);
        }
        scaleColumns(columns, 0);
        double largestValue = 0;
        for (int j = 0; j < columns.count; j++) {
            largestValue = Math.max(largestValue, Math.abs(columns.value[j] * column[j]));
        }
        valueUnit = largestValue > 0 ? powerOfTwo(largestValue) : 1;
        double largestLimit = 0;
        for (int i = 0; i < limits.length; i++) {
            largestLimit = Math.max(largestLimit, limits[i] * row[i]);
        }
        limitUnit = largestLimit > 0 ? powerOfTwo(largestLimit) : 1;
    }

    /** Gives factors to the columns from {@code first} on, with the row factors as they are. */
    void scaleColumns(SparseColumns columns, int first) {
        if (columns.count > column.length) {
            column = Arrays.copyOf(column, Math.max(2 * column.length, columns.count));
        }
        for (int j = first; j < columns.count; j++) {
            double least = Double.POSITIVE_INFINITY;
            double most = 0;
            for (int k = columns.start[j]; k < columns.start[j + 1]; k++) {
                double size = Math.abs(columns.coefficient[k]) * row[columns.row[k]];
                least = Math.min(least, size);
                most = Math.max(most, size);
            }
            column[j] = most > 0 ? 1 / powerOfTwo(Math.sqrt(least) * Math.sqrt(most)) : 1;
        }
    }

    private void scaleRows(double[] limits, SparseColumns columns) {
        double[] least = new double[row.length];
        double[] most = new double[row.length];
        Arrays.fill(least, Double.POSITIVE_INFINITY);
        for (int j = 0; j < columns.count; j++) {
            for (int k = columns.start[j]; k < columns.start[j + 1]; k++) {
                int i = columns.row[k];
                double size = Math.abs(columns.coefficient[k]) * column[j];
                least[i] = Math.min(least[i], size);
                most[i] = Math.max(most[i], size);
            }
        }
        for (int i = 0; i < row.length; i++) {
            if (most[i] > 0) {
                row[i] = 1 / powerOfTwo(Math.sqrt(least[i]) * Math.sqrt(most[i]));
            } else {
                row[i] = limits[i] > 0 ? 1 / powerOfTwo(limits[i]) : 1;
            }
        }
    }

    private static double powerOfTwo(double size) {
        return Math.scalb(1.0, Math.max(-500, Math.min(500, Math.getExponent(size))));
    }
}
