package org.partiflow.costmodel.calibration;

import java.util.ArrayList;
import java.util.List;

/**
 * Attention of one query per sequence over its cache: reading keys and values, in waves of sequences x KV heads x splits
 * over the multiprocessors, the padding of query groups to 16 rows, the steep edge of the L2 cache, and the time to hand out
 * blocks beyond those that start at once. Row: sequences, cached
 * tokens, query heads, KV heads per rank, head dimension. Stateless.
 */
final class DecodeKernelLaw implements KernelLaw {
    private static final double SPLIT_TOKENS = 256;
    private static final double MOST_STEEP = 40;
    private static final int RESIDENT = 10;
    private static final int SPLITS = 11;
    // Start-up us, memory share, compute share, norm, ns per token of a split, L2 gain, L2 share, fill, ns per sequence
    // and KV head, steepness of the L2's edge, resident blocks per processor, splits per processor, free units per
    // processor.
    private static final double[] START = {9, .8, .35, 3, 3, 2, .7, .5, 25, 4, 1, 2, 2};
    private static final double[] SPREAD = {.7, .3, 1, .7, 1, 1, .5, 1, 1, .7, .7, .7, 1};
    private static final double[] FIELD_SCALES = {2, 0, 0, 0, 2, 1.5, 1.5};

    @Override
    public String name() {
        return "attention-decode";
    }

    @Override
    public double[] start() {
        return Logs.of(START);
    }

    @Override
    public List<double[]> starts(double[] from) {
        List<double[]> starts = new ArrayList<>(List.of(from));
        for (double resident : new double[] {0.5, 2, 4}) {
            for (double splits : new double[] {0.5, 1, 2}) {
                double[] start = from.clone();
                start[RESIDENT] = Math.log(resident);
                start[SPLITS] = Math.log(splits * 1.1);
                starts.add(start);
            }
        }
        return starts;
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
        return HatBasis.NONE;
    }

    @Override
    public double[] features(double[] row, Chip chip) {
        return new double[] {
            KernelLaw.log2(row[1]),
            KernelLaw.log2(row[0] * row[3]),
            KernelLaw.log2(row[0] * row[2]),
            KernelLaw.log2(cacheBytes(row) / chip.cacheBytes()),
            KernelLaw.log2(row[2] / row[3]),
            KernelLaw.log2(row[0]),
            KernelLaw.log2(row[3])
        };
    }

    private static double cacheBytes(double[] row) {
        return 4 * row[4] * row[3] * row[0] * row[1];
    }

    @Override
    public double[] fieldScales() {
        return FIELD_SCALES.clone();
    }

    @Override
    public double seconds(double[] p, double[] row, Chip chip) {
        double units = row[0] * row[3];
        double processors = chip.processors();
        double splits =
                Math.max(1, Math.min(row[1] / SPLIT_TOKENS, Math.max(1, Math.exp(p[SPLITS]) * processors / units)));
        double waves = units * splits / (processors * Math.exp(p[RESIDENT]));
        double norm = Math.exp(p[3]);
        double memory = memorySeconds(p, row, chip) / busyShare(waves, Math.min(1, Math.exp(p[7])));
        double padded = 16 * Math.ceil(Math.max(1, row[2] / row[3]) / 16);
        double compute =
                4 * row[4] * padded * units * row[1] / (chip.flopPerSecond(2) * Math.exp(p[2]) * Math.min(1, waves));
        double serial = Math.exp(p[4]) * 1e-9 * row[1] / splits;
        double sum = Math.pow(memory * 1e6, norm) + Math.pow(compute * 1e6, norm) + Math.pow(serial * 1e6, norm);
        double queued = Math.exp(p[8]) * Math.max(0, units - Math.exp(p[12]) * processors) / 1000;
        return (Math.exp(p[0]) + queued + Math.pow(sum, 1 / norm)) * 1e-6;
    }

    private static double memorySeconds(double[] p, double[] row, Chip chip) {
        double bytes = cacheBytes(row);
        double outside = bytes / (chip.cacheBytes() * Math.exp(p[6]));
        double gain = 1 + Math.exp(p[5]) / (1 + Math.pow(outside, Math.min(MOST_STEEP, Math.exp(p[9]))));
        return bytes / (chip.bytesPerSecond() * Math.exp(p[1]) * gain);
    }

    /** Share of the full rate: less than a wave leaves processors idle, a partly filled last wave costs {@code fill}. */
    private static double busyShare(double waves, double fill) {
        return waves < 1 ? Math.pow(waves, fill) : waves / (waves + (Math.ceil(waves) - waves) * fill);
    }
}
