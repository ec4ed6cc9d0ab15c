package org.partiflow.costmodel.calibration;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * What a law leaves of the logarithm of time, as a smooth function of few features: a Gaussian process with a Matern
 * kernel of order 3/2, by the deterministic training conditional approximation over lattice points near the measured
 * kernels (Rasmussen and Williams, Gaussian Processes for Machine Learning, 2006, sections 4.2 and 8.3.4), reweighted for
 * a soft L1 loss. Far from all measurements it is 0. Arrays are not changed after construction; thread-safe.
 *
 * @param anchors lattice points, scaled features
 * @param weights their weights
 */
record ResidualField(double[][] anchors, double[] weights) {
    /** Leaves a law as it is. */
    static final ResidualField NONE = new ResidualField(new double[0][], new double[0]);

    /** Expected size of the noise in residuals. */
    private static final double NOISE = 0.05;

    private static final double JITTER = 1e-6;
    private static final int ROUNDS = 4;
    private static final int MOST_ANCHORS = 300;
    private static final double FINEST = 1.0 / 16;
    private static final double COARSER = 1.25;

    /** The field of what {@code base} leaves of the samples. O(rounds x samples x anchors^2). */
    static ResidualField of(FittedLaw base, List<Sample> samples) {
        FieldKernel kernel = new FieldKernel(base.law());
        if (kernel.dimensions() == 0) {
            return NONE;
        }
        double[][] points = new double[samples.size()][];
        double[] targets = new double[points.length];
        for (int i = 0; i < points.length; i++) {
            Sample sample = samples.get(i);
            points[i] = kernel.scaled(base.law().features(sample.row(), base.chip()));
            targets[i] = Math.log(sample.seconds() / base.seconds(sample.row()));
        }
        double[][] anchors = lattice(points);
        double[][] between = new double[points.length][anchors.length];
        for (int i = 0; i < points.length; i++) {
            for (int j = 0; j < anchors.length; j++) {
                between[i][j] = kernel.value(points[i], anchors[j]);
            }
        }
        double[] weights = new double[anchors.length];
        for (int round = 0; round < ROUNDS; round++) {
            weights = solve(kernel, anchors, between, targets, weights);
        }
        return new ResidualField(anchors, weights);
    }

    /** One round of reweighted least squares; samples that the present weights miss count less. */
    private static double[] solve(
            FieldKernel kernel, double[][] anchors, double[][] between, double[] targets, double[] present) {
        int n = anchors.length;
        double[][] matrix = new double[n][n];
        double[] right = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                matrix[i][j] = NOISE * NOISE * kernel.value(anchors[i], anchors[j]);
            }
            matrix[i][i] *= 1 + JITTER;
        }
        for (int row = 0; row < targets.length; row++) {
            double[] values = between[row];
            double left = targets[row];
            for (int j = 0; j < n; j++) {
                left -= values[j] * present[j];
            }
            double weight = 1 / Math.sqrt(1 + left * left / (NOISE * NOISE));
            for (int i = 0; i < n; i++) {
                double value = weight * values[i];
                right[i] += value * targets[row];
                for (int j = 0; j <= i; j++) {
                    matrix[i][j] += value * values[j];
                }
            }
        }
        return NormalEquations.solve(matrix, right);
    }

    /** Points of the finest lattice that needs few enough of them: those nearest to some measured kernel, in order. */
    private static double[][] lattice(double[][] points) {
        for (double step = FINEST; ; step *= COARSER) {
            TreeSet<double[]> near = new TreeSet<>(Arrays::compare);
            for (double[] point : points) {
                double[] rounded = new double[point.length];
                for (int i = 0; i < rounded.length; i++) {
                    rounded[i] = step * Math.rint(point[i] / step);
                }
                near.add(rounded);
            }
            if (near.size() <= MOST_ANCHORS) {
                return near.toArray(double[][]::new);
            }
        }
    }

    /** The logarithm to add at these features. O(anchors). */
    double at(double[] features, FieldKernel kernel) {
        double[] point = kernel.scaled(features);
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] * kernel.value(anchors[i], point);
        }
        return sum;
    }

    /** Whether anchors have the law's number of scaled features. */
    boolean suits(KernelLaw law) {
        int wanted = new FieldKernel(law).dimensions();
        return anchors.length == weights.length && Arrays.stream(anchors).allMatch(anchor -> anchor.length == wanted);
    }
}
