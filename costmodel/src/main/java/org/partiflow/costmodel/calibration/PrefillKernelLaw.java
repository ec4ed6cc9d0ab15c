package org.partiflow.costmodel.calibration;

import static org.partiflow.costmodel.calibration.HatBasis.axis;

import java.util.List;
import org.partiflow.costmodel.calibration.HatBasis.Pair;

/**
 * Causal attention of prompts (FlashAttention-like): query tiles of 128 rows in waves over the multiprocessors, joined
 * by a fitted norm with memory time and with the longest single tile. Row: sequences, new tokens, cached tokens, query
 * heads, KV heads per rank, head dimension. Stateless.
 */
final class PrefillKernelLaw implements KernelLaw {
    private static final double TILE = 128;
    // Start-up us, compute share, memory share, norm, longest tile, fill, prologue, L2 gain.
    private static final double[] START = {10, .6, .6, 1.6, .3, .5, .5, .5};
    private static final double[] SPREAD = {1, .5, .5, .7, 1, .7, 1, 1};
    private static final HatBasis CORRECTION = new HatBasis(
            List.of(axis(0, 4, 14, 1), axis(1, 2, 14, 1), axis(2, 4, 24, 1), axis(3, 8, 36, 1), axis(4, 0, 6, 1)),
            List.of(new Pair(axis(0, 4, 14, 1), axis(1, 2, 14, 2))));

    @Override
    public String name() {
        return "attention-prefill";
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
        double pairs = row[0] * row[1] * (row[2] + row[1] / 2);
        return new double[] {
            KernelLaw.log2(row[1]),
            KernelLaw.log2(row[0] * row[3]),
            KernelLaw.log2(row[0] * row[1] * row[4]),
            KernelLaw.log2(pairs * row[3]),
            KernelLaw.log2(row[3] / row[4])
        };
    }

    @Override
    public double seconds(double[] p, double[] row, Chip chip) {
        double perProcessor = chip.flopPerSecond(2) / chip.processors() * Math.exp(p[1]);
        double waves = row[0] * row[3] * Math.ceil(row[1] / TILE) / chip.processors();
        double fill = Math.min(1, Math.exp(p[5]));
        double steps = waves < 1 ? 1 : waves + (Math.ceil(waves) - waves) * fill;
        double keys = row[2] + (row[1] + TILE) / 2 + 64 * Math.exp(p[6]);
        double flopPerKey = 4 * row[5] * Math.min(TILE, Math.max(16, row[1]));
        double compute = steps * flopPerKey * keys / perProcessor;
        double longest = 4 * row[5] * Math.min(TILE, row[1]) * (row[2] + row[1]) / perProcessor * Math.exp(p[4]);
        double bytes = 2 * row[5] * row[0] * ((2 * row[3] + 4 * row[4]) * row[1] + 2 * row[4] * row[2]);
        double outside = 2 * bytes / chip.cacheBytes();
        double gain = 1 + Math.exp(p[7]) / (1 + outside * outside);
        double memory = bytes / (chip.bytesPerSecond() * Math.exp(p[2]) * gain);
        double norm = Math.exp(p[3]);
        double sum = Math.pow(compute * 1e6, norm) + Math.pow(memory * 1e6, norm) + Math.pow(longest * 1e6, norm);
        return (Math.exp(p[0]) + Math.pow(sum, 1 / norm)) * 1e-6;
    }
}
