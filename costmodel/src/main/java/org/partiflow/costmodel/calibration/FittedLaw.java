package org.partiflow.costmodel.calibration;

/**
 * A law with constants for one GPU. Immutable by convention: arrays are not changed after construction. Thread-safe.
 *
 * @param law the law
 * @param chip the GPU
 * @param parameters logarithms
 * @param corrections coefficients of the law's table, of the logarithm of time
 */
record FittedLaw(KernelLaw law, Chip chip, double[] parameters, double[] corrections) {
    /** The law's own starting point on a chip. */
    static FittedLaw start(KernelLaw law, Chip chip) {
        return new FittedLaw(law, chip, law.start(), new double[law.correction().size()]);
    }

    /** Seconds of a kernel. */
    double seconds(double[] row) {
        double raw = law.seconds(parameters, row, chip);
        return raw * Math.exp(law.correction().sum(corrections, law.features(row, chip)));
    }

    /** The same constants on another chip. */
    FittedLaw on(Chip other) {
        return new FittedLaw(law, other, parameters, corrections);
    }
}
