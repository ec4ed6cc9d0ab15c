package org.partiflow.costmodel;

/** Knots that cut every octave into equal steps; positions between them are linear in the value. Stateless. */
final class Octaves {
    private static final long FRACTION = 0x000F_FFFF_FFFF_FFFFL;
    private static final long ONE = 0x3FF0_0000_0000_0000L;

    private Octaves() {}

    /** The value at a knot, {@code knot} 0 being 1. */
    static double knot(int knot, int steps) {
        return Math.scalb(1 + (double) (knot % steps) / steps, knot / steps);
    }

    /** The place of a finite value of at least 1 among the knots. */
    static double position(double value, int steps) {
        // The bits of a normal number: cheaper than scalb, and as exact.
        long bits = Double.doubleToRawLongBits(value);
        double mantissa = Double.longBitsToDouble(bits & FRACTION | ONE);
        return steps * (Math.getExponent(value) + mantissa - 1);
    }
}
