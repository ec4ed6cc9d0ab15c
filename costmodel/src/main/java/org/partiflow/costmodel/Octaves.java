package org.partiflow.costmodel;

/** Knots that cut every octave into equal steps; positions between them are linear in the value. Stateless. */
final class Octaves {
    private Octaves() {}

    /** The value at a knot, {@code knot} 0 being 1. */
    static double knot(int knot, int steps) {
        return Math.scalb(1 + (double) (knot % steps) / steps, knot / steps);
    }

    /** The place of a value of at least 1 among the knots. */
    static double position(double value, int steps) {
        int octave = Math.getExponent(value);
        return steps * (octave + Math.scalb(value, -octave) - 1);
    }
}
