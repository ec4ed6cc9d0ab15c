package org.partiflow.costmodel.calibration;

import static org.partiflow.costmodel.calibration.HatBasis.axis;

import java.util.List;

/**
 * Element-wise kernels (norms, rotary embedding, activations, additions): start-up joined with memory traffic. Row:
 * tokens, elements of a token, reads and writes per element (16 bits). Stateless.
 */
final class StreamKernelLaw implements KernelLaw {
    // Start-up us, memory share, norm, L2 gain.
    private static final double[] START = {4, .7, 2.5, .5};
    private static final double[] SPREAD = {.7, .5, .7, 1};
    private static final HatBasis CORRECTION =
            new HatBasis(List.of(axis(0, 0, 12, 0.5), axis(1, -14, 6, 1)), List.of());

    @Override
    public String name() {
        return "stream";
    }

    @Override
    public double[] start() {
        return Logs.of(START);
    }

    @Override
    public int[] memoryShares() {
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
    public double[] fieldScales() {
        return new double[] {1.5, 0, 2};
    }

    @Override
    public double[] features(double[] row, Chip chip) {
        return new double[] {
            KernelLaw.log2(row[0]),
            KernelLaw.log2(2 * row[0] * row[1] * row[2] / chip.cacheBytes()),
            KernelLaw.log2(row[1])
        };
    }

    @Override
    public double seconds(double[] p, double[] row, Chip chip) {
        double bytes = 2 * row[0] * row[1] * row[2];
        double outside = bytes / chip.cacheBytes();
        double rate = chip.bytesPerSecond() * Math.exp(p[1]) * (1 + Math.exp(p[3]) / (1 + outside * outside));
        double norm = Math.exp(p[2]);
        double start = Math.pow(Math.exp(p[0]), norm);
        return Math.pow(start + Math.pow(bytes / rate * 1e6, norm), 1 / norm) * 1e-6;
    }
}
