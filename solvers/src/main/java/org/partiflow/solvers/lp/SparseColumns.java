package org.partiflow.solvers.lp;

import java.util.Arrays;

/** Growable sparse columns with an objective value and an upper bound each. Not thread-safe. */
final class SparseColumns {
    int count;
    int[] start = new int[17];
    int[] row = new int[64];
    double[] coefficient = new double[64];
    double[] value = new double[16];
    double[] upper = new double[16];

    SparseColumns() {}

    SparseColumns(SparseColumns other) {
        count = other.count;
        start = Arrays.copyOf(other.start, Math.max(17, count + 1));
        row = Arrays.copyOf(other.row, Math.max(1, start[count]));
        coefficient = Arrays.copyOf(other.coefficient, Math.max(1, start[count]));
        value = Arrays.copyOf(other.value, Math.max(16, count));
        upper = Arrays.copyOf(other.upper, Math.max(16, count));
    }

    /** Appends a column and returns its number; zero coefficients are dropped. */
    int add(int rows, double columnValue, int[] columnRows, double[] coefficients, double columnUpper) {
        check(rows, columnValue, columnRows, coefficients, columnUpper);
        int end = start[count];
        if (end + columnRows.length > row.length) {
            int size = Math.max(2 * row.length, end + columnRows.length);
            row = Arrays.copyOf(row, size);
            coefficient = Arrays.copyOf(coefficient, size);
        }
        if (count == value.length) {
            value = Arrays.copyOf(value, 2 * count);
            upper = Arrays.copyOf(upper, 2 * count);
        }
        if (count + 2 > start.length) {
            start = Arrays.copyOf(start, 2 * start.length);
        }
        for (int k = 0; k < columnRows.length; k++) {
            if (coefficients[k] != 0) {
                row[end] = columnRows[k];
                coefficient[end++] = coefficients[k];
            }
        }
        value[count] = columnValue;
        upper[count] = columnUpper;
        start[++count] = end;
        return count - 1;
    }

    private void check(int rows, double columnValue, int[] columnRows, double[] coefficients, double columnUpper) {
        String name = "column " + count;
        if (columnRows.length != coefficients.length) {
            throw new IllegalArgumentException(
                    name + " has " + columnRows.length + " rows but " + coefficients.length + " coefficients");
        }
        if (!Double.isFinite(columnValue)) {
            throw new IllegalArgumentException(name + " must have a finite value, got " + columnValue);
        }
        if (!(columnUpper >= 0)) {
            throw new IllegalArgumentException(name + " must have an upper bound >= 0, got " + columnUpper);
        }
        for (int k = 0; k < columnRows.length; k++) {
            if (columnRows[k] < 0 || columnRows[k] >= rows) {
                throw new IllegalArgumentException(name + " names row " + columnRows[k] + " of " + rows);
            }
            if (!Double.isFinite(coefficients[k])) {
                throw new IllegalArgumentException(name + " has the coefficient " + coefficients[k]);
            }
        }
        requireDistinct(name, columnRows);
    }

    private static void requireDistinct(String name, int[] columnRows) {
        boolean increasing = true;
        for (int k = 1; k < columnRows.length; k++) {
            increasing &= columnRows[k - 1] < columnRows[k];
        }
        if (!increasing && Arrays.stream(columnRows).distinct().count() != columnRows.length) {
            throw new IllegalArgumentException(name + " names a row twice: " + Arrays.toString(columnRows));
        }
    }
}
