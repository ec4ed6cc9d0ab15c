package org.partiflow.solvers.lp;

/**
 * What solving a {@link PackingLp} gave.
 *
 * @param status how it ended; prices prove optimality only when {@link LpStatus#OPTIMAL}
 * @param value {@code sum c_j x_j} at {@code x}
 * @param x value of each column
 * @param rowPrices dual price of each row, at least 0: gain in value per unit of its limit
 * @param boundPrices dual price of each column's upper bound, at least 0; 0 where the bound is infinite
 * @param pivots simplex pivots and bound flips of this call
 */
@SuppressWarnings("ArrayRecordComponent") // primitive results; callers must not write to them
public record PackingLpSolution(
        LpStatus status, double value, double[] x, double[] rowPrices, double[] boundPrices, int pivots) {}
