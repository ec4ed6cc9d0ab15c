package org.partiflow.costmodel.calibration;

import java.util.List;

/**
 * Levenberg-Marquardt on logarithms of time with a soft L1 loss (scale 5 %) and a Gaussian prior on the parameters; the
 * correcting table follows by reweighted ridge regression. Deterministic, stateless and thread-safe.
 *
 * <p>Source: Marquardt, doi:10.1137/0111030; the loss as in Triggs et al., doi:10.1007/3-540-44480-7_21.
 */
final class RobustFit {
    private static final double SCALE = 0.05;
    private static final int ITERATIONS = 60;
    private static final int MOST_ROWS = 2500;
    private static final double STEP = 1e-4;
    private static final double CONVERGED = 1e-6;

    private final KernelLaw law;
    private final Chip chip;
    private final List<Sample> samples;
    private final double priorWeight;

    /** Rows beyond 2,500 are thinned evenly for the parameters, not for the table. */
    RobustFit(KernelLaw law, Chip chip, List<Sample> all, double priorWeight) {
        this.law = law;
        this.chip = chip;
        int stride = Math.max(1, (all.size() + MOST_ROWS - 1) / MOST_ROWS);
        this.samples = java.util.stream.IntStream.range(0, (all.size() + stride - 1) / stride)
                .mapToObj(i -> all.get(i * stride))
                .toList();
        this.priorWeight = priorWeight;
    }

    /** Parameters near {@code prior} that fit the samples. O(iterations x parameters x rows). */
    double[] parameters(double[] prior) {
        double[] spread = law.spread();
        double[] now = prior.clone();
        double loss = loss(now, prior, spread);
        double damping = 1e-2;
        for (int i = 0; i < ITERATIONS && damping < 1e8; i++) {
            double[] step = step(now, prior, spread, damping);
            double[] next = now.clone();
            for (int j = 0; j < next.length; j++) {
                next[j] += Math.max(-1, Math.min(1, step[j]));
            }
            double changed = loss(next, prior, spread);
            if (changed < loss) {
                boolean done = loss - changed < CONVERGED * loss;
                now = next;
                loss = changed;
                damping = Math.max(1e-7, damping / 4);
                if (done) {
                    break;
                }
            } else {
                damping *= 6;
            }
        }
        return now;
    }

    private double loss(double[] p, double[] prior, double[] spread) {
        double sum = 0;
        for (Sample sample : samples) {
            double scaled = residual(p, sample) / SCALE;
            sum += 2 * SCALE * SCALE * (Math.sqrt(1 + scaled * scaled) - 1);
        }
        for (int j = 0; j < p.length; j++) {
            double off = priorWeight * (p[j] - prior[j]) / spread[j] * SCALE;
            sum += off * off;
        }
        return Double.isNaN(sum) ? Double.POSITIVE_INFINITY : sum;
    }

    private double residual(double[] p, Sample sample) {
        return Math.log(law.seconds(p, sample.row(), chip) / sample.seconds());
    }

    private double[] step(double[] p, double[] prior, double[] spread, double damping) {
        int n = p.length;
        double[][] matrix = new double[n][n];
        double[] right = new double[n];
        double[] gradient = new double[n];
        for (Sample sample : samples) {
            double r = residual(p, sample);
            double weight = 1 / Math.sqrt(1 + r * r / (SCALE * SCALE));
            for (int j = 0; j < n; j++) {
                double kept = p[j];
                p[j] = kept + STEP;
                gradient[j] = (residual(p, sample) - r) / STEP;
                p[j] = kept;
            }
            for (int i = 0; i < n; i++) {
                right[i] -= weight * gradient[i] * r;
                for (int j = 0; j <= i; j++) {
                    matrix[i][j] += weight * gradient[i] * gradient[j];
                }
            }
        }
        for (int j = 0; j < n; j++) {
            double stiffness = Math.pow(priorWeight * SCALE / spread[j], 2);
            right[j] -= stiffness * (p[j] - prior[j]);
            matrix[j][j] = (matrix[j][j] + stiffness) * (1 + damping) + 1e-9;
        }
        return NormalEquations.solve(matrix, right);
    }
}
