package org.partiflow.costmodel.calibration;

/**
 * A law with constants for one GPU. Immutable by convention: arrays are not changed after construction. Thread-safe.
 *
 * @param law the law
 * @param chip the GPU
 * @param parameters logarithms
 * @param corrections coefficients of the law's table, of the logarithm of time
 * @param field what table and law leave near measured kernels
 */
record FittedLaw(KernelLaw law, Chip chip, double[] parameters, double[] corrections, ResidualField field) {
    /** The law's own starting point on a chip. */
    static FittedLaw start(KernelLaw law, Chip chip) {
        return new FittedLaw(law, chip, law.start(), new double[law.correction().size()], ResidualField.NONE);
    }

    /** Seconds of a kernel. */
    double seconds(double[] row) {
        double raw = law.seconds(parameters, row, chip);
        double[] features = law.features(row, chip);
        double left = field.weights().length == 0 ? 0 : field.at(features, new FieldKernel(law));
        return raw * Math.exp(law.correction().sum(corrections, features) + left);
    }

    /** What the table multiplies the law by. */
    double correction(double[] row) {
        return Math.exp(law.correction().sum(corrections, law.features(row, chip)));
    }

    /** This law with other parameters. */
    FittedLaw withParameters(double[] other) {
        return new FittedLaw(law, chip, other, corrections, field);
    }

    /** This law with another table. */
    FittedLaw withCorrections(double[] other) {
        return new FittedLaw(law, chip, parameters, other, field);
    }

    /** This law with another field. */
    FittedLaw withField(ResidualField other) {
        return new FittedLaw(law, chip, parameters, corrections, other);
    }
}
