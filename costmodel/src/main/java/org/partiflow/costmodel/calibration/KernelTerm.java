package org.partiflow.costmodel.calibration;

/**
 * One kernel of a measured row.
 *
 * @param key which fit predicts it
 * @param law the law of that fit
 * @param chip the row's GPU
 * @param row the kernel's shape
 * @param measured column that holds its measured time
 */
record KernelTerm(FitKey key, KernelLaw law, Chip chip, double[] row, String measured) {}
