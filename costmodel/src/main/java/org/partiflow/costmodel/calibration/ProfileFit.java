package org.partiflow.costmodel.calibration;

import java.util.List;

/**
 * One fit of a {@link CostProfile}. Arrays are not changed after construction.
 *
 * @param law name of the law
 * @param family the GPU's generation
 * @param parameters logarithms
 * @param corrections coefficients of the law's table
 * @param field what table and law leave near measured kernels; empty for long tables
 * @param source file or data set
 * @param licence licence of the data, empty if not stated
 * @param rows measured kernels
 * @param errors error on the rows it was fitted to, by regime
 */
record ProfileFit(
        String law,
        Chip.Family family,
        double[] parameters,
        double[] corrections,
        ResidualField field,
        String source,
        String licence,
        int rows,
        List<RegimeError> errors) {
    /** The fitted law on a GPU; {@code near} if it is the one that was measured, which alone the field holds for. */
    FittedLaw on(KernelLaw ofThisName, Chip chip, boolean near) {
        return new FittedLaw(ofThisName, chip, parameters, corrections, near ? field : ResidualField.NONE);
    }

    /** Whether this fit has the law's shape. */
    boolean suits(KernelLaw other) {
        return law.equals(other.name())
                && parameters.length == other.start().length
                && corrections.length == other.correction().size()
                && field.suits(other);
    }
}
