package org.partiflow.solvers.lp;

import java.util.Arrays;

/** Sparse columns with cost and upper bound, appended one after the other. Not thread-safe. */
final class LpColumns {
    private static final int FIRST_COLUMNS = 16;
    private static final int FIRST_ENTRIES = 64;

    private int[] start = new int[FIRST_COLUMNS + 1];
    private int[] row = new int[FIRST_ENTRIES];
    private double[] coefficient = new double[FIRST_ENTRIES];
    private double[] cost = new double[FIRST_COLUMNS];
    private double[] upper = new double[FIRST_COLUMNS];
    private int count;

    int count() {
        return count;
    }

    /** How many columns there is room for. */
    int room() {
        return cost.length;
    }

    void clear() {
        count = 0;
    }

    /** Begins a column, whose entries follow. */
    void begin(double columnCost, double columnUpper) {
        if (count == cost.length) {
            int size = 2 * count;
            cost = Arrays.copyOf(cost, size);
            upper = Arrays.copyOf(upper, size);
            start = Arrays.copyOf(start, size + 1);
        }
        cost[count] = columnCost;
        upper[count] = columnUpper;
        count++;
        start[count] = start[count - 1];
    }

    /** Adds an entry to the column begun last. */
    void add(int i, double value) {
        int end = start[count];
        if (end == row.length) {
            row = Arrays.copyOf(row, 2 * end);
            coefficient = Arrays.copyOf(coefficient, 2 * end);
        }
        row[end] = i;
        coefficient[end] = value;
        start[count] = end + 1;
    }

    double cost(int j) {
        return cost[j];
    }

    double upper(int j) {
        return upper[j];
    }

    /** First entry of a column; its last is before the first of the next. */
    int start(int j) {
        return start[j];
    }

    int row(int entry) {
        return row[entry];
    }

    double coefficient(int entry) {
        return coefficient[entry];
    }

    /** Product of a column with the part of a vector that begins at {@code from}. */
    double dot(int j, double[] vector, int from) {
        double sum = 0;
        for (int k = start[j]; k < start[j + 1]; k++) {
            sum += vector[from + row[k]] * coefficient[k];
        }
        return sum;
    }

    /** Adds a multiple of a column to a vector. */
    void addTo(double[] vector, int j, double times) {
        for (int k = start[j]; k < start[j + 1]; k++) {
            vector[row[k]] += coefficient[k] * times;
        }
    }
}
