package org.partiflow.costmodel;

/**
 * The 4-norm of two times: compute and memory traffic overlap, but not perfectly near the ridge of the roofline, where
 * it is 19 % above the larger. Never below the larger, never above the sum, homogeneous of degree one. Stateless.
 */
final class SmoothMaximum {
    private SmoothMaximum() {}

    /** The fourth root of {@code a^4 + b^4} for {@code a, b >= 0}, without overflow. */
    static double of(double a, double b) {
        double larger = Math.max(a, b);
        if (larger == 0) {
            return 0;
        }
        double ratio = Math.min(a, b) / larger;
        double square = ratio * ratio;
        return larger * Math.sqrt(Math.sqrt(1 + square * square));
    }
}
