package org.partiflow.api.check;

/**
 * How far a stated number may be from a recomputed one.
 *
 * @param relative relative difference; files carry nine significant digits
 * @param absolute absolute difference, in the number's own unit
 */
public record CheckTolerance(double relative, double absolute) {
    /** One part in a million, and 1e-8 for what is close to zero. */
    public static final CheckTolerance DEFAULT = new CheckTolerance(1e-6, 1e-8);

    /** Whether {@code stated} is what was {@code computed}. */
    public boolean same(double stated, double computed) {
        return Math.abs(stated - computed) <= absolute + relative * Math.abs(computed);
    }

    /** Whether {@code value} does not exceed {@code limit}. */
    public boolean atMost(double value, double limit) {
        return value <= limit + absolute + relative * Math.abs(limit);
    }
}
