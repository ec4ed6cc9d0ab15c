package org.partiflow.costmodel.calibration;

import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * Relative errors of one regime.
 *
 * @param regime power of two at which the bin of the first row value (tokens, batch, bytes) starts
 * @param rows measured kernels
 * @param median of the size of the relative error
 * @param p90 90th percentile
 * @param worst largest
 */
record RegimeError(String regime, int rows, double median, double p90, double worst) {
    /** Errors of a fit, by octave pairs of the first row value. O(rows log rows). */
    static List<RegimeError> of(FittedLaw law, List<Sample> samples) {
        TreeMap<Integer, List<Sample>> bins = new TreeMap<>();
        for (Sample sample : samples) {
            int octave = (int) Math.floor(KernelLaw.log2(sample.row()[0]) / 4) * 4;
            bins.computeIfAbsent(octave, missing -> new java.util.ArrayList<>()).add(sample);
        }
        return bins.entrySet().stream()
                .map(bin -> of("2^" + bin.getKey() + "..2^" + (bin.getKey() + 4), law, bin.getValue()))
                .toList();
    }

    private static RegimeError of(String regime, FittedLaw law, List<Sample> samples) {
        double[] sizes = samples.stream()
                .mapToDouble(sample -> Math.abs(law.seconds(sample.row()) / sample.seconds() - 1))
                .toArray();
        Arrays.sort(sizes);
        int n = sizes.length;
        return new RegimeError(regime, n, sizes[n / 2], sizes[(int) (0.9 * n)], sizes[n - 1]);
    }
}
