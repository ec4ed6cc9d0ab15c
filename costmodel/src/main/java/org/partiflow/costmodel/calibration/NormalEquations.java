package org.partiflow.costmodel.calibration;

/** Dense symmetric positive-definite systems by Cholesky factorisation. Stateless. */
final class NormalEquations {
    private NormalEquations() {}

    /**
     * The solution of {@code matrix x = right}; the lower triangle of {@code matrix} is overwritten. O(n^3).
     *
     * @throws ArithmeticException if the matrix is not positive definite
     */
    static double[] solve(double[][] matrix, double[] right) {
        int n = right.length;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = matrix[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= matrix[i][k] * matrix[j][k];
                }
                if (i == j && !(sum > 0)) {
                    throw new ArithmeticException("the normal equations are singular at parameter " + i);
                }
                matrix[i][j] = i == j ? Math.sqrt(sum) : sum / matrix[j][j];
            }
        }
        double[] solution = right.clone();
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < i; k++) {
                solution[i] -= matrix[i][k] * solution[k];
            }
            solution[i] /= matrix[i][i];
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int k = i + 1; k < n; k++) {
                solution[i] -= matrix[k][i] * solution[k];
            }
            solution[i] /= matrix[i][i];
        }
        return solution;
    }
}
