package org.partiflow.costmodel.calibration;

import java.util.Arrays;

/**
 * How far one GPU's shares of its datasheet rates lie from another's, in logarithms.
 *
 * @param law whose shares
 * @param compute of the arithmetic rate, at the best tile
 * @param memory of the memory bandwidth
 */
record FormatShift(KernelLaw law, double compute, double memory) {
    /** The shift from the parameters of one GPU to those of another. */
    static FormatShift between(KernelLaw law, double[] from, double[] to) {
        return new FormatShift(
                law,
                best(to, law.computeShares()) - best(from, law.computeShares()),
                best(to, law.memoryShares()) - best(from, law.memoryShares()));
    }

    /** Parameters shifted so; no share is raised above 1, or further above it. */
    double[] on(double[] parameters) {
        double[] shifted = parameters.clone();
        shift(shifted, law.computeShares(), compute);
        shift(shifted, law.memoryShares(), memory);
        return shifted;
    }

    private static void shift(double[] parameters, int[] shares, double by) {
        for (int share : shares) {
            double most = Math.max(0, parameters[share]);
            parameters[share] = Math.min(most, parameters[share] + by);
        }
    }

    private static double best(double[] parameters, int[] shares) {
        return Arrays.stream(shares)
                .mapToDouble(share -> parameters[share])
                .max()
                .orElse(0);
    }
}
