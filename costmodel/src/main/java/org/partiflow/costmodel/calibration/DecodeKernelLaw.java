package org.partiflow.costmodel.calibration;

import static org.partiflow.costmodel.calibration.HatBasis.axis;

import java.util.List;
import org.partiflow.costmodel.calibration.HatBasis.Pair;

/**
 * Attention of one query per sequence over its cache: reading keys and values, with the occupancy of sequences x KV heads
 * x splits against the multiprocessors, the padding of query groups to 16 rows, and the L2 cache. Row: sequences, cached
 * tokens, query heads, KV heads per rank, head dimension. Stateless.
 */
final class DecodeKernelLaw implements KernelLaw {
    private static final double SPLIT_TOKENS = 256;
    // Start-up us, memory share, compute share, norm, ns per token of a split, L2 gain, L2 share, occupancy, ns per
    // head.
    private static final double[] START = {9, .8, .35, 3, 3, .7, .5, .6, 2};
    private static final double[] SPREAD = {.7, .3, 1, .7, 1, 1, .7, 1, 1};
    private static final HatBasis CORRECTION = new HatBasis(
            List.of(axis(0, 1, 17, 1), axis(1, 0, 13, 1), axis(2, 2, 14, 1), axis(3, -16, 12, 1), axis(4, 0, 6, 1)),
            List.of(new Pair(axis(0, 1, 17, 2), axis(1, 0, 14, 2)), new Pair(axis(0, 1, 17, 2), axis(4, 0, 6, 1))));

    @Override
    public String name() {
        return "attention-decode";
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
        return new double[] {
            KernelLaw.log2(row[1]),
            KernelLaw.log2(row[0] * row[3]),
            KernelLaw.log2(row[0] * row[2]),
            KernelLaw.log2(cacheBytes(row) / chip.cacheBytes()),
            KernelLaw.log2(row[2] / row[3])
        };
    }

    private static double cacheBytes(double[] row) {
        return 4 * row[4] * row[3] * row[0] * row[1];
    }

    @Override
    public double seconds(double[] p, double[] row, Chip chip) {
        double units = row[0] * row[3];
        double splits = Math.max(1, Math.min(row[1] / SPLIT_TOKENS, Math.max(1, 2 * chip.processors() / units)));
        double busy = Math.min(1, units * splits / chip.processors());
        double bytes = cacheBytes(row);
        double outside = bytes / (chip.cacheBytes() * Math.exp(p[6]));
        double gain = 1 + Math.exp(p[5]) / (1 + outside * outside);
        double memory =
                bytes / (chip.bytesPerSecond() * Math.exp(p[1]) * gain * Math.pow(busy, Math.min(1, Math.exp(p[7]))));
        double padded = 16 * Math.ceil(Math.max(1, row[2] / row[3]) / 16);
        double compute = 4 * row[4] * padded * units * row[1] / (chip.flopPerSecond(2) * Math.exp(p[2]) * busy);
        double serial = Math.exp(p[4]) * 1e-9 * row[1] / splits;
        double norm = Math.exp(p[3]);
        double sum = Math.pow(memory * 1e6, norm) + Math.pow(compute * 1e6, norm) + Math.pow(serial * 1e6, norm);
        return (Math.exp(p[0]) + Math.exp(p[8]) * row[0] * row[2] / 1000 + Math.pow(sum, 1 / norm)) * 1e-6;
    }
}
