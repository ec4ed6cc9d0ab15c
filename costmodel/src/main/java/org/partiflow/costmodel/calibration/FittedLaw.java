package org.partiflow.costmodel.calibration;

/** A law with constants for one GPU. Immutable: arrays are not changed after construction. Thread-safe. */
final class FittedLaw {
    private final KernelLaw law;
    private final Chip chip;
    private final double[] parameters;
    private final double[] corrections;
    private final ResidualField field;
    private final FieldKernel kernel;

    /**
     * @param parameters logarithms
     * @param corrections coefficients of the law's table, of the logarithm of time
     * @param field what table and law leave near measured kernels
     */
    FittedLaw(KernelLaw law, Chip chip, double[] parameters, double[] corrections, ResidualField field) {
        this(law, chip, parameters, corrections, field, new FieldKernel(law));
    }

    private FittedLaw(
            KernelLaw law,
            Chip chip,
            double[] parameters,
            double[] corrections,
            ResidualField field,
            FieldKernel kernel) {
        this.law = law;
        this.chip = chip;
        this.parameters = parameters;
        this.corrections = corrections;
        this.field = field;
        this.kernel = kernel;
    }

    /** The law's own starting point on a chip. */
    static FittedLaw start(KernelLaw law, Chip chip) {
        return new FittedLaw(law, chip, law.start(), new double[law.correction().size()], ResidualField.NONE);
    }

    /** The law. */
    KernelLaw law() {
        return law;
    }

    /** The GPU. */
    Chip chip() {
        return chip;
    }

    /** Logarithms. */
    double[] parameters() {
        return parameters;
    }

    /** Coefficients of the law's table, of the logarithm of time. */
    double[] corrections() {
        return corrections;
    }

    /** What table and law leave near measured kernels. */
    ResidualField field() {
        return field;
    }

    /** Seconds of a kernel. */
    double seconds(double[] row) {
        double raw = law.seconds(parameters, row, chip);
        double[] features = law.features(row, chip);
        double left = field.weights().length == 0 ? 0 : field.at(features, kernel);
        return raw * Math.exp(law.correction().sum(corrections, features) + left);
    }

    /** What the table multiplies the law by. */
    double correction(double[] row) {
        return Math.exp(law.correction().sum(corrections, law.features(row, chip)));
    }

    /** This law with other parameters. */
    FittedLaw withParameters(double[] other) {
        return new FittedLaw(law, chip, other, corrections, field, kernel);
    }

    /** This law with another table. */
    FittedLaw withCorrections(double[] other) {
        return new FittedLaw(law, chip, parameters, other, field, kernel);
    }

    /** This law with another field. */
    FittedLaw withField(ResidualField other) {
        return new FittedLaw(law, chip, parameters, corrections, other, kernel);
    }
}
