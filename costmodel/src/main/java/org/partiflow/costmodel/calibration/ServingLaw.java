package org.partiflow.costmodel.calibration;

import java.util.List;

/**
 * Shares of a step's parts that an engine shows. Row: local work, communication, overhead, interference, seconds each.
 * Stateless.
 */
final class ServingLaw implements KernelLaw {
    // Shares, and ms per step beside the overhead, which already holds the engine's.
    private static final double[] START = {1, 1, 1, 1, .1};
    private static final double[] SPREAD = {.15, .4, .4, .4, 1};
    private static final HatBasis NONE = new HatBasis(List.of(), List.of());

    @Override
    public String name() {
        return "serving";
    }

    @Override
    public double[] start() {
        return Logs.of(START);
    }

    @Override
    public double[] spread() {
        return SPREAD.clone();
    }

    @Override
    public HatBasis correction() {
        return NONE;
    }

    @Override
    public double[] features(double[] row, Chip chip) {
        return new double[0];
    }

    @Override
    public double seconds(double[] p, double[] row, Chip chip) {
        double sum = Math.exp(p[4]) * 1e-3;
        for (int i = 0; i < row.length; i++) {
            sum += Math.exp(p[i]) * row[i];
        }
        return sum;
    }
}
