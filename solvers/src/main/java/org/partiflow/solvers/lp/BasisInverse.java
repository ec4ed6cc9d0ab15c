package org.partiflow.solvers.lp;

import java.util.Arrays;

/** The dense inverse of a basis, row by row. Not thread-safe. */
final class BasisInverse {
    private final int rows;
    private final double[] inverse;

    BasisInverse(int rows) {
        this.rows = rows;
        inverse = new double[rows * rows];
    }

    /** The inverse of the basis of slacks. */
    void reset() {
        Arrays.fill(inverse, 0);
        for (int i = 0; i < rows; i++) {
            inverse[i * rows + i] = 1;
        }
    }

    double at(int i, int k) {
        return inverse[i * rows + k];
    }

    /** Row i times a column of the program. */
    double dot(int i, LpColumns columns, int j) {
        return columns.dot(j, inverse, i * rows);
    }

    /** Row i times a vector. */
    double dot(int i, double[] vector) {
        int base = i * rows;
        double sum = 0;
        for (int k = 0; k < rows; k++) {
            sum += inverse[base + k] * vector[k];
        }
        return sum;
    }

    /** Adds a multiple of row i to a vector. */
    void addTo(double[] vector, int i, double times) {
        int base = i * rows;
        for (int k = 0; k < rows; k++) {
            vector[k] += times * inverse[base + k];
        }
    }

    /**
     * The column of a row is replaced by the entering one.
     *
     * @param direction the old inverse times the entering column
     */
    void replace(int leavingRow, double[] direction) {
        int base = leavingRow * rows;
        double factor = 1 / direction[leavingRow];
        for (int k = 0; k < rows; k++) {
            inverse[base + k] *= factor;
        }
        for (int i = 0; i < rows; i++) {
            double times = direction[i];
            if (i != leavingRow && times != 0) {
                int at = i * rows;
                for (int k = 0; k < rows; k++) {
                    inverse[at + k] -= times * inverse[base + k];
                }
            }
        }
    }

    /** Inverts anew (Gauss-Jordan with row pivoting). The basis matrix, row by row, is written over. */
    void invert(double[] basis) {
        reset();
        for (int c = 0; c < rows; c++) {
            int pivotRow = c;
            for (int i = c + 1; i < rows; i++) {
                if (Math.abs(basis[i * rows + c]) > Math.abs(basis[pivotRow * rows + c])) {
                    pivotRow = i;
                }
            }
            swapRows(basis, c, pivotRow);
            swapRows(inverse, c, pivotRow);
            eliminate(basis, c);
        }
    }

    private void swapRows(double[] matrix, int a, int b) {
        for (int k = 0; a != b && k < rows; k++) {
            double held = matrix[a * rows + k];
            matrix[a * rows + k] = matrix[b * rows + k];
            matrix[b * rows + k] = held;
        }
    }

    private void eliminate(double[] work, int c) {
        double factor = 1 / work[c * rows + c];
        for (int k = 0; k < rows; k++) {
            work[c * rows + k] *= factor;
            inverse[c * rows + k] *= factor;
        }
        for (int i = 0; i < rows; i++) {
            double times = work[i * rows + c];
            if (i != c && times != 0) {
                for (int k = 0; k < rows; k++) {
                    work[i * rows + k] -= times * work[c * rows + k];
                    inverse[i * rows + k] -= times * inverse[c * rows + k];
                }
            }
        }
    }
}
