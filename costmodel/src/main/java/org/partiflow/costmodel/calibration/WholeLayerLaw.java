package org.partiflow.costmodel.calibration;

import static org.partiflow.costmodel.calibration.HatBasis.axis;

import java.util.List;

/**
 * One transformer layer of an engine as a whole. Row: FLOP of products on a rank, weight bytes, activation bytes,
 * attention FLOP, cache bytes, bytes reduced over the tensor-parallel set, its GPUs, tokens. Stateless.
 */
final class WholeLayerLaw implements KernelLaw {
    // Start-up us, us per GPU more, compute share, memory share, norm, attention compute, cache share, link GB/s.
    private static final double[] START = {300, 50, .6, .8, 3, .3, .4, 6};
    private static final double[] SPREAD = {1, 1, .5, .3, .5, .7, .5, .7};
    private static final HatBasis CORRECTION = new HatBasis(List.of(axis(0, 0, 14, 1)), List.of());

    @Override
    public String name() {
        return "layer";
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
        return new double[] {KernelLaw.log2(row[7])};
    }

    @Override
    public double seconds(double[] p, double[] row, Chip chip) {
        double flops = chip.flopPerSecond(2);
        double rate = chip.bytesPerSecond();
        double compute = row[0] / (flops * Math.exp(p[2]));
        double memory = (row[1] + row[2]) / (rate * Math.exp(p[3]));
        double norm = Math.exp(p[4]);
        double joined = Math.pow(Math.pow(compute * 1e6, norm) + Math.pow(memory * 1e6, norm), 1 / norm);
        double attention = row[3] / (flops * Math.exp(p[5])) + row[4] / (rate * Math.exp(p[6]));
        double wire = row[5] / (Math.exp(p[7]) * 1e9);
        double start = Math.exp(p[0]) + Math.exp(p[1]) * (row[6] - 1);
        return (start + joined) * 1e-6 + attention + wire;
    }
}
