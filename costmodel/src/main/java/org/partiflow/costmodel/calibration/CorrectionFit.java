package org.partiflow.costmodel.calibration;

import java.util.List;

/** Coefficients of a correcting table by ridge regression, reweighted for a soft L1 loss. Stateless. */
final class CorrectionFit {
    private static final double SCALE = 0.05;
    private static final int ROUNDS = 6;
    /** Pull of every coefficient to zero, in rows of that weight. */
    private static final double STIFFNESS = 4;

    /** Fewer rows than this fit the single tables only. */
    static final int ROWS_FOR_PAIRS = 500;
    /** Fewer rows than this fit no table. */
    private static final int ROWS_FOR_SINGLES = 60;

    private CorrectionFit() {}

    /** The law of {@code base} with its table moved to fit the samples. O(rounds x (rows x terms^2 + size^3)). */
    static double[] coefficients(FittedLaw base, List<Sample> samples) {
        HatBasis basis = base.law().correction();
        double[] old = base.corrections();
        int size = samples.size() >= ROWS_FOR_PAIRS ? basis.size() : basis.singles();
        if (samples.size() < ROWS_FOR_SINGLES || basis.size() == 0) {
            return old;
        }
        double[] change = new double[basis.size()];
        for (int round = 0; round < ROUNDS; round++) {
            double[][] matrix = new double[size][size];
            double[] right = new double[size];
            for (int i = 0; i < size; i++) {
                matrix[i][i] += STIFFNESS;
            }
            for (Sample sample : samples) {
                add(base, basis, sample, change, matrix, right);
            }
            double[] solved = NormalEquations.solve(matrix, right);
            System.arraycopy(solved, 0, change, 0, size);
        }
        for (int i = 0; i < change.length; i++) {
            change[i] += old[i];
        }
        return change;
    }

    private static void add(
            FittedLaw base, HatBasis basis, Sample sample, double[] change, double[][] matrix, double[] right) {
        int[] index = new int[basis.terms()];
        double[] value = new double[basis.terms()];
        double[] features = base.law().features(sample.row(), base.chip());
        basis.evaluate(features, index, value);
        double target = Math.log(sample.seconds() / base.seconds(sample.row()));
        double left = (target - basis.sum(change, features)) / SCALE;
        double weight = 1 / Math.sqrt(1 + left * left);
        for (int a = 0; a < index.length; a++) {
            if (index[a] >= right.length) {
                continue;
            }
            right[index[a]] += weight * value[a] * target;
            for (int b = 0; b < index.length; b++) {
                if (index[b] <= index[a]) {
                    matrix[index[a]][index[b]] += weight * value[a] * value[b];
                }
            }
        }
    }
}
