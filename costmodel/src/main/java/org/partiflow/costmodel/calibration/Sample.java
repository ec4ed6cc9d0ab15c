package org.partiflow.costmodel.calibration;

/**
 * One measured kernel.
 *
 * @param row its shape, as its {@link KernelLaw} defines it
 * @param seconds its time, above 0
 */
record Sample(double[] row, double seconds) {}
