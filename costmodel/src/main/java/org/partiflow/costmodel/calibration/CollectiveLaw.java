package org.partiflow.costmodel.calibration;

import static org.partiflow.costmodel.calibration.HatBasis.axis;

import java.util.List;

/**
 * Collectives over equal links: alpha-beta, corrected by a table over sizes that holds the changes of protocol. Row:
 * bytes, GPUs. A start-up per hop and a time per byte times the share (k-1)/k that leaves a rank. Stateless.
 */
final class CollectiveLaw implements KernelLaw {
    // Start-up us, us per further GPU, GB/s, norm.
    private static final double[] START = {6, 1, 150, 1.2};
    private static final double[] SPREAD = {1.5, 1, 1.5, .4};
    private static final HatBasis CORRECTION =
            new HatBasis(List.of(axis(0, 8, 30, 1), axis(1, 1, 3, 1)), List.of(new HatBasis.Pair(axis(0, 8, 30, 1), axis(1, 1, 3, 1))));

    @Override
    public String name() {
        return "collective";
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
        return CORRECTION;
    }

    @Override
    public double[] features(double[] row, Chip chip) {
        return new double[] {KernelLaw.log2(row[0]), KernelLaw.log2(row[1])};
    }

    @Override
    public double seconds(double[] p, double[] row, Chip chip) {
        double start = Math.exp(p[0]) + Math.exp(p[1]) * (row[1] - 1);
        double wire = row[0] * 2 * (row[1] - 1) / row[1] / (Math.exp(p[2]) * 1e3);
        double norm = Math.exp(p[3]);
        return Math.pow(Math.pow(start, norm) + Math.pow(wire, norm), 1 / norm) * 1e-6;
    }
}
