package org.partiflow.costmodel.calibration;

import static org.partiflow.costmodel.calibration.HatBasis.axis;

import java.util.List;
import java.util.stream.IntStream;
import org.partiflow.costmodel.calibration.HatBasis.Pair;

/**
 * Matrix product of m x k by k x n: the best of eight tile shapes, in waves over the multiprocessors (partly filled last
 * waves cost {@code fill} of a full one), with split-k where tiles are few; joined with memory time by a fitted norm.
 * Working sets within the L2 cache move faster; a left operand beyond it is read again for each column of waves. Row: m, n, k, bytes per operand. Stateless.
 */
final class GemmKernelLaw implements KernelLaw {
    private static final int[][] TILES = {
        {16, 64}, {32, 64}, {64, 64}, {64, 128}, {128, 64}, {128, 128}, {128, 256}, {256, 128}
    };
    private static final int FIRST_TILE = 6;
    private static final int AFTER_TILES = FIRST_TILE + TILES.length;
    private static final double SPLIT_LENGTH = 256;
    private static final double WAVE_TILE = 128;
    private static final double[] FIELD_SCALES = {1.5, 2, 2, 0, 0};
    private static final double[] SHARP_SCALES = {.4, 12, 12, 0, 0};
    // Start-up us, memory share, norm, us per 1000 k, ramp us, fill; shares per tile; prologue, L2 gain, L2 share,
    // quantisation passes, split-k gain, split-k us, tiles side by side, L2 share of the left operand.
    private static final double[] START = {
        3, .85, 4, .15, 2, .8, .15, .3, .45, .58, .58, .75, .8, .8, 1, 1, .3, 1.5, .7, 1, 2, .8
    };
    private static final double[] SPREAD = {
        1, .2, .5, 1, 1, .7, .5, .5, .5, .5, .5, .5, .5, .5, 1, 1, .7, 1, .5, 1, 1, .7
    };
    private static final HatBasis CORRECTION = new HatBasis(
            List.of(axis(0, 0, 14, 1), axis(1, 5, 16, 1), axis(2, 5, 16, 1), axis(3, -12, 10, 2), axis(4, -8, 10, 1)),
            List.of(
                    new Pair(axis(0, 0, 14, 1), axis(1, 5, 17, 2)),
                    new Pair(axis(0, 0, 14, 1), axis(2, 5, 17, 2)),
                    new Pair(axis(1, 5, 16, 1), axis(2, 5, 16, 1))));

    private final String name;
    private final HatBasis correction;
    private final boolean isSweep;

    private GemmKernelLaw(String name, HatBasis correction, boolean isSweep) {
        this.name = name;
        this.isSweep = isSweep;
        this.correction = correction;
    }

    /** For sweeps over many shapes. */
    static GemmKernelLaw sweep() {
        return new GemmKernelLaw("gemm", CORRECTION, true);
    }

    /** For a handful of models' shapes over all token counts: only tables that extend to other shapes. */
    static GemmKernelLaw layers() {
        return new GemmKernelLaw(
                "gemm-layers", new HatBasis(List.of(axis(0, 0, 12, 0.5), axis(4, -8, 10, 0.5)), List.of()), false);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public double[] start() {
        return Logs.of(START);
    }

    @Override
    public int[] computeShares() {
        return IntStream.range(FIRST_TILE, AFTER_TILES).toArray();
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
        return correction;
    }

    @Override
    public double[] fieldScales() {
        return FIELD_SCALES.clone();
    }

    /** Libraries choose kernels by the number of rows: some row counts are slow whatever the weights' shape. */
    @Override
    public double[] sharpScales() {
        return SHARP_SCALES.clone();
    }

    @Override
    public boolean fieldBesideTable() {
        return isSweep;
    }

    @Override
    public double[] features(double[] row, Chip chip) {
        double tiles = row[0] * row[1] / (128 * 128) / chip.processors();
        return new double[] {
            KernelLaw.log2(row[0]),
            KernelLaw.log2(row[1]),
            KernelLaw.log2(row[2]),
            KernelLaw.log2(bytes(row) / chip.cacheBytes()),
            KernelLaw.log2(tiles)
        };
    }

    @Override
    public double seconds(double[] p, double[] row, Chip chip) {
        double compute = computeSeconds(p, row, chip);
        double memory = memorySeconds(p, row, chip);
        double norm = Math.exp(p[2]);
        double joined = Math.pow(Math.pow(compute * 1e6, norm) + Math.pow(memory * 1e6, norm), 1 / norm);
        return (Math.exp(p[0]) + Math.exp(p[3]) * row[2] / 1000 + joined) * 1e-6;
    }

    private static double bytes(double[] row) {
        return row[3] * (row[1] * row[2] + row[0] * row[2]) + 2 * row[0] * row[1];
    }

    private static double memorySeconds(double[] p, double[] row, Chip chip) {
        double bytes = bytes(row);
        double outside = bytes / (chip.cacheBytes() * Math.exp(p[AFTER_TILES + 2]));
        double cached = 1 / (1 + outside * outside * outside);
        double rate = chip.bytesPerSecond() * Math.exp(p[1]) * (1 + Math.exp(p[AFTER_TILES + 1]) * cached);
        double quantised = row[3] < 2 ? Math.exp(p[AFTER_TILES + 3]) * 3 * row[0] * row[2] : 0;
        return (bytes + quantised + againBytes(p, row, chip)) / rate + Math.exp(p[4]) * 1e-6;
    }

    /**
     * Bytes of the left operand that are read again: tiles run down its rows first, so every further column of waves reads
     * all of it, from memory where it does not stay in the L2 cache.
     */
    private static double againBytes(double[] p, double[] row, Chip chip) {
        double left = row[3] * row[0] * row[2];
        double side = Math.max(Math.max(1, Math.exp(p[AFTER_TILES + 6])), chip.processors() * WAVE_TILE / row[0]);
        double columns = Math.max(1, row[1] / (WAVE_TILE * side));
        double kept = chip.cacheBytes() * Math.exp(p[AFTER_TILES + 7]) / left;
        return left * (columns - 1) / (1 + kept * kept * kept * kept);
    }

    private static double computeSeconds(double[] p, double[] row, Chip chip) {
        double fill = Math.min(1, Math.exp(p[5]));
        double prologue = 64 * Math.exp(p[AFTER_TILES]);
        double gain = Math.min(1, Math.exp(p[AFTER_TILES + 4]));
        double splitSeconds = Math.exp(p[AFTER_TILES + 5]) * 1e-6;
        double perProcessor = chip.flopPerSecond(row[3]) / chip.processors();
        double best = Double.POSITIVE_INFINITY;
        for (int i = 0; i < TILES.length; i++) {
            double height = TILES[i][0];
            double width = TILES[i][1];
            double waves = Math.ceil(row[0] / height) * Math.ceil(row[1] / width) / chip.processors();
            double splits = Math.max(1, Math.min(1 / waves, row[2] / SPLIT_LENGTH));
            double steps = waves < 1 ? 1 : waves + (Math.ceil(waves) - waves) * fill;
            double depth = (splits > 1 ? row[2] / Math.pow(splits, gain) : row[2]) + prologue;
            double rate = perProcessor * Math.min(1.5, Math.exp(p[FIRST_TILE + i]));
            double time = steps * 2 * height * width * depth / rate + (splits > 1.5 ? splitSeconds : 0);
            best = Math.min(best, time);
        }
        return best;
    }
}
