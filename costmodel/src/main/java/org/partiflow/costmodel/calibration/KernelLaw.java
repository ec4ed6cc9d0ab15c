package org.partiflow.costmodel.calibration;

import java.util.List;

/**
 * A parametric law of one class of kernels. Parameters are natural logarithms of positive constants, so that every fit
 * is positive; a table over {@link #correction() few features} corrects what the law leaves. Implementations are
 * stateless and thread-safe.
 */
public interface KernelLaw {
    /** Stable name, written into profiles. */
    String name();

    /** Parameters to start from and to pull to, logarithms. */
    double[] start();

    /**
     * Several points to start from where the law has steps that a descent does not cross; the first is {@code from}.
     *
     * @param from where a fit would start, logarithms
     */
    default List<double[]> starts(double[] from) {
        return List.of(from);
    }

    /** Indices of the parameters that are shares of the datasheet's arithmetic rate. */
    default int[] computeShares() {
        return new int[0];
    }

    /** Indices of the parameters that are shares of the datasheet's memory bandwidth. */
    default int[] memoryShares() {
        return new int[0];
    }

    /** Indices of the parameters that are rates of the links between GPUs. */
    default int[] linkRates() {
        return new int[0];
    }

    /** How far parameters are expected to lie from {@link #start()}, one standard deviation each. */
    double[] spread();

    /**
     * Seconds of one kernel.
     *
     * @param parameters as many as {@link #start()}
     * @param row the kernel's shape, as the law defines it
     * @param chip the GPU
     */
    double seconds(double[] parameters, double[] row, Chip chip);

    /** Axes of the correcting table. */
    HatBasis correction();

    /** Whether the table holds time over measured sizes, as {@link SizeTable}, and not what rows have in common. */
    default boolean isTableOfSizes() {
        return false;
    }

    /** Where a kernel lies on the axes of {@link #correction()}. */
    double[] features(double[] row, Chip chip);

    /**
     * Over how much of each feature residuals of a short table are alike; 0 for features that do not matter; empty if
     * residuals are not interpolated.
     */
    default double[] fieldScales() {
        return new double[0];
    }

    /**
     * Over how much of each feature of {@link #fieldScales} residuals are alike that change abruptly with few features and
     * little with the others; empty if there are none.
     */
    default double[] sharpScales() {
        return new double[0];
    }

    /** Whether residuals of a long table are interpolated too, beside its {@link #correction}. */
    default boolean fieldBesideTable() {
        return true;
    }

    /** The base-2 logarithm of a value that is taken as one at least 1e-30. */
    static double log2(double value) {
        return Math.log(Math.max(value, 1e-30)) / Math.log(2);
    }
}
