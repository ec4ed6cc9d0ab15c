package org.partiflow.costmodel.calibration;

import static org.partiflow.costmodel.calibration.HatBasis.axis;

import java.util.List;

/**
 * Collectives over equal links: alpha-beta, corrected by a {@link SizeTable} that holds the changes of protocol. Row:
 * bytes, GPUs; one fit per number of GPUs. Stateless.
 */
final class CollectiveLaw implements KernelLaw {
    // Start-up us, GB/s, norm.
    private static final double[] START = {10, 100, 1.2};
    private static final double[] SPREAD = {1.5, 2, .4};
    private static final HatBasis CORRECTION = new HatBasis(List.of(axis(0, 8, 30, 1)), List.of());

    @Override
    public String name() {
        return "collective";
    }

    @Override
    public double[] start() {
        return Logs.of(START);
    }

    @Override
    public int[] linkRates() {
        return new int[] {1};
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
    public boolean isTableOfSizes() {
        return true;
    }

    /** The size's octave and how far through it, linear in bytes, so that between knots time is as well. */
    @Override
    public double[] features(double[] row, Chip chip) {
        double octave = Math.floor(KernelLaw.log2(row[0]));
        return new double[] {octave + row[0] / Math.pow(2, octave) - 1};
    }

    @Override
    public double seconds(double[] p, double[] row, Chip chip) {
        double start = Math.exp(p[0]);
        double wire = row[0] * 2 * (row[1] - 1) / row[1] / (Math.exp(p[1]) * 1e3);
        double norm = Math.exp(p[2]);
        return Math.pow(Math.pow(start, norm) + Math.pow(wire, norm), 1 / norm) * 1e-6;
    }
}
