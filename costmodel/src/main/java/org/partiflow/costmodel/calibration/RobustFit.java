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
    private static final double STEP = 1e-3;
    private static final double CONVERGED = 1e-4;
    private static final int PATIENCE = 3;
    private static final double LEAST_DAMPING = 1e-7;
    private static final double MOST_DAMPING = 1e8;

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

    /** Of several priors the parameters that fit best near theirs. */
    double[] best(List<double[]> priors) {
        double[] best = priors.get(0);
        double least = Double.POSITIVE_INFINITY;
        for (double[] prior : priors) {
            double[] found = parameters(prior);
            double loss = loss(found, prior, law.spread());
            if (loss < least) {
                best = found;
                least = loss;
            }
        }
        return best;
    }

    /** Parameters near {@code prior} that fit the samples. O(iterations x parameters x rows). */
    double[] parameters(double[] prior) {
        double[] spread = law.spread();
        double[] now = prior.clone();
        double loss = loss(now, prior, spread);
        double damping = 1e-2;
        int slow = 0;
        for (int i = 0; i < ITERATIONS && damping < MOST_DAMPING && slow < PATIENCE; i++) {
            Quadratic model = new Quadratic(now, prior, spread);
            double before = loss;
            while (loss == before && damping < MOST_DAMPING) {
                double[] next = model.minimum(now, damping);
                double changed = loss(next, prior, spread);
                if (changed < loss) {
                    now = next;
                    loss = changed;
                    damping = Math.max(LEAST_DAMPING, damping / 5);
                } else {
                    damping *= 4;
                }
            }
            slow = before - loss < CONVERGED * before ? slow + 1 : 0;
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

    /** The quadratic that touches the loss at a point, by one-sided differences. */
    private final class Quadratic {
        private final double[][] matrix;
        private final double[] right;

        Quadratic(double[] p, double[] prior, double[] spread) {
            int n = p.length;
            matrix = new double[n][n];
            right = new double[n];
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
                matrix[j][j] += stiffness;
            }
        }

        /** The damped minimum, no parameter further than 1 away. */
        double[] minimum(double[] from, double damping) {
            double[][] damped = new double[from.length][];
            for (int j = 0; j < damped.length; j++) {
                damped[j] = matrix[j].clone();
                damped[j][j] = damped[j][j] * (1 + damping) + 1e-9;
            }
            double[] next = NormalEquations.solve(damped, right);
            for (int j = 0; j < next.length; j++) {
                next[j] = from[j] + Math.max(-1, Math.min(1, next[j]));
            }
            return next;
        }
    }
}
