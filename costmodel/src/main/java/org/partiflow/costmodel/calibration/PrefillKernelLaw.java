package org.partiflow.costmodel.calibration;

/**
 * Causal attention of prompts (FlashAttention-like): query tiles of 64 or 128 rows, whichever is faster, in waves over
 * the multiprocessors, joined by a fitted norm with memory time and with the longest single tile. Row: sequences, new tokens, cached tokens, query
 * heads, KV heads per rank, head dimension. Stateless.
 */
final class PrefillKernelLaw implements KernelLaw {
    private static final double[] TILES = {64, 128};
    // Start-up us, compute share at 128 rows, memory share, norm, longest tile, fill, prologue, L2 gain, compute share
    // at 64
    // rows, ns per tile, L2 share, share of the diagonal.
    private static final double[] START = {10, .6, .6, 1.6, .3, .5, .5, .8, .45, 8, .7, 1};
    private static final double[] SPREAD = {1, .5, .5, .7, 1, .7, 1, 1, .5, 1, .7, .7};
    private static final double[] FIELD_SCALES = {1.5, 0, 0, 0, 3, 1.5, 1.5, 2};

    @Override
    public String name() {
        return "attention-prefill";
    }

    @Override
    public double[] start() {
        return Logs.of(START);
    }

    @Override
    public int[] computeShares() {
        return new int[] {1, 8};
    }

    @Override
    public int[] memoryShares() {
        return new int[] {2};
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
        double pairs = row[0] * row[1] * (row[2] + row[1] / 2);
        return new double[] {
            KernelLaw.log2(row[1]),
            KernelLaw.log2(row[0] * row[3]),
            KernelLaw.log2(row[0] * row[1] * row[4]),
            KernelLaw.log2(pairs * row[3]),
            KernelLaw.log2(row[3] / row[4]),
            KernelLaw.log2(row[0]),
            KernelLaw.log2(row[3]),
            KernelLaw.log2(1 + row[2])
        };
    }

    @Override
    public double[] fieldScales() {
        return FIELD_SCALES.clone();
    }

    @Override
    public double seconds(double[] p, double[] row, Chip chip) {
        double norm = Math.exp(p[3]);
        double tiles = Math.min(
                tilesMicroseconds(p, row, chip, TILES[0], Math.exp(p[8])),
                tilesMicroseconds(p, row, chip, TILES[1], Math.exp(p[1])));
        double bytes = 2 * row[5] * row[0] * ((2 * row[3] + 4 * row[4]) * row[1] + 2 * row[4] * row[2]);
        double outside = bytes / (chip.cacheBytes() * Math.exp(p[10]));
        double gain = 1 + Math.exp(p[7]) / (1 + outside * outside * outside * outside);
        double memory = bytes / (chip.bytesPerSecond() * Math.exp(p[2]) * gain);
        return (Math.exp(p[0]) + Math.pow(Math.pow(tiles, norm) + Math.pow(memory * 1e6, norm), 1 / norm)) * 1e-6;
    }

    /** Waves of query tiles of so many rows, joined with the longest single tile; then the handing out of tiles. */
    private static double tilesMicroseconds(double[] p, double[] row, Chip chip, double tile, double share) {
        double perProcessor = chip.flopPerSecond(2) / chip.processors() * share;
        double waves = row[0] * row[3] * Math.ceil(row[1] / tile) / chip.processors();
        double steps = waves < 1 ? 1 : waves + (Math.ceil(waves) - waves) * Math.min(1, Math.exp(p[5]));
        double keys = row[2] + (row[1] + tile * Math.min(1.5, Math.exp(p[11]))) / 2 + 64 * Math.exp(p[6]);
        double flopPerKey = 4 * row[5] * tile;
        double compute = steps * flopPerKey * keys / perProcessor;
        double longest = flopPerKey * (row[2] + Math.max(row[1], tile)) / perProcessor * Math.exp(p[4]);
        double norm = Math.exp(p[3]);
        double handing = Math.max(0, waves - 1) * chip.processors() * Math.exp(p[9]) * 1e-3;
        return Math.pow(Math.pow(compute * 1e6, norm) + Math.pow(longest * 1e6, norm), 1 / norm) + handing;
    }
}
