package org.partiflow.partitioning;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Recursive bisection of the spectral embedding: each set of domains is cut across the coordinate along which it is
 * spread most, in proportion to the blocks either side receives. O(domains x (dimensions + log) x log blocks).
 */
final class SpectralBisection {
    private final DomainGraph graph;
    private final double[][] coordinates;
    private final boolean keepDomains;
    private final int blocks;
    private final int[] counts;

    /**
     * Prepares a bisection.
     *
     * @param coordinates one row by dimension
     * @param dimensions how many rows to look at
     * @param keepDomains whether a cut goes between domains where it can, or exactly at the weight
     */
    SpectralBisection(DomainGraph graph, double[][] coordinates, int dimensions, boolean keepDomains, int blocks) {
        this.graph = graph;
        this.coordinates = Arrays.copyOf(coordinates, Math.min(dimensions, coordinates.length));
        this.keepDomains = keepDomains;
        this.blocks = blocks;
        counts = new int[graph.domains() * blocks];
    }

    /** Counts by domain and block; every vertex is placed, limits are not looked at. */
    int[] counts() {
        int n = graph.domains();
        int[] sizes = IntStream.range(0, n).map(graph::size).toArray();
        split(IntStream.range(0, n).toArray(), sizes, 0, blocks);
        return counts;
    }

    private void split(int[] domains, int[] sizes, int firstBlock, int share) {
        if (share == 1) {
            for (int i = 0; i < domains.length; i++) {
                counts[domains[i] * blocks + firstBlock] += sizes[i];
            }
            return;
        }
        int[] order = ordered(domains, sizes);
        double total = 0;
        for (int i = 0; i < domains.length; i++) {
            total += (double) sizes[i] * graph.vertexWeight(domains[i]);
        }
        int leftShare = share / 2;
        double wanted = total * leftShare / share;
        int[] left = new int[domains.length];
        int[] right = sizes.clone();
        for (int at : order) {
            double unit = graph.vertexWeight(domains[at]);
            int take = (int) Math.max(0, Math.min(sizes[at], Math.rint(wanted / unit)));
            if (keepDomains && take > 0 && take < sizes[at]) {
                take = 2 * take >= sizes[at] ? sizes[at] : 0;
            }
            left[at] = take;
            right[at] -= take;
            wanted -= take * unit;
            if (take < sizes[at]) {
                break;
            }
        }
        splitSide(domains, left, firstBlock, leftShare);
        splitSide(domains, right, firstBlock + leftShare, share - leftShare);
    }

    private void splitSide(int[] domains, int[] sizes, int firstBlock, int share) {
        int[] kept = IntStream.range(0, domains.length).filter(i -> sizes[i] > 0).toArray();
        split(
                Arrays.stream(kept).map(i -> domains[i]).toArray(),
                Arrays.stream(kept).map(i -> sizes[i]).toArray(),
                firstBlock,
                share);
    }

    /** Positions by the coordinate of greatest variance, ties by domain. */
    private int[] ordered(int[] domains, int[] sizes) {
        int widest = -1;
        double most = -1;
        for (int i = 0; i < coordinates.length; i++) {
            double variance = variance(coordinates[i], domains, sizes);
            if (variance > most) {
                most = variance;
                widest = i;
            }
        }
        double[] row = widest < 0 ? new double[graph.domains()] : coordinates[widest];
        return IntStream.range(0, domains.length)
                .boxed()
                .sorted((a, b) -> {
                    int byPlace = Double.compare(row[domains[a]], row[domains[b]]);
                    return byPlace != 0 ? byPlace : Integer.compare(domains[a], domains[b]);
                })
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static double variance(double[] row, int[] domains, int[] sizes) {
        double n = 0;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < domains.length; i++) {
            double x = row[domains[i]];
            n += sizes[i];
            sum += sizes[i] * x;
            squares += sizes[i] * x * x;
        }
        return n == 0 ? 0 : squares / n - sum / n * (sum / n);
    }
}
