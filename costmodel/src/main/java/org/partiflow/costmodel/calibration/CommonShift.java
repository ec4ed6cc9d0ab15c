package org.partiflow.costmodel.calibration;

import java.util.List;

/**
 * Moves all of a law's shares of the datasheet's arithmetic rate together, and all of its memory bandwidth, to where
 * measured kernels are. A law with several tiles takes the fastest; on a GPU much slower than its relatives a descent
 * would have to slow one tile after the other, each against its prior, and would stop half-way. Two numbers for all rows
 * are little to fit, so they have next to no prior. Deterministic, stateless.
 */
final class CommonShift {
    private static final double FIRST_STEP = Math.log(2);
    private static final double LAST_STEP = 0.01;
    private static final double MOST = Math.log(64);
    private static final double SCALE = 0.05;
    private static final double PRIOR = 1e-3;

    private final FittedLaw law;
    private final List<Sample> samples;

    private CommonShift(FittedLaw law, List<Sample> samples) {
        this.law = law;
        this.samples = samples;
    }

    /**
     * The law with its shares moved; the law itself if it has none. O(directions x steps x samples), by a pattern search
     * (Hooke and Jeeves, doi:10.1145/321062.321069) on the soft L1 loss.
     */
    static FittedLaw of(FittedLaw law, List<Sample> samples) {
        boolean hasShares = law.law().computeShares().length + law.law().memoryShares().length > 0;
        return hasShares && !samples.isEmpty() ? new CommonShift(law, samples).moved() : law;
    }

    private FittedLaw moved() {
        double[] best = new double[2];
        double least = loss(best);
        double step = FIRST_STEP;
        while (step > LAST_STEP) {
            double before = least;
            for (int axis = 0; axis < best.length; axis++) {
                for (int sign = -1; sign <= 1; sign += 2) {
                    double[] next = best.clone();
                    next[axis] = Math.max(-MOST, Math.min(MOST, next[axis] + sign * step));
                    double loss = loss(next);
                    if (loss < least) {
                        best = next;
                        least = loss;
                    }
                }
            }
            step = least < before ? step : step / 2;
        }
        return shifted(best);
    }

    private FittedLaw shifted(double[] by) {
        double[] parameters = law.parameters().clone();
        for (int share : law.law().computeShares()) {
            parameters[share] += by[0];
        }
        for (int share : law.law().memoryShares()) {
            parameters[share] += by[1];
        }
        return law.withParameters(parameters);
    }

    private double loss(double[] by) {
        FittedLaw there = shifted(by);
        double sum = PRIOR * (by[0] * by[0] + by[1] * by[1]);
        for (Sample sample : samples) {
            double off = Math.log(there.seconds(sample.row()) / sample.seconds()) / SCALE;
            sum += SCALE * SCALE * (Math.sqrt(1 + off * off) - 1);
        }
        return sum;
    }
}
