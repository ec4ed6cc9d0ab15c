package org.partiflow.costmodel.calibration;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How alike the residuals of two kernels are, by their scaled features: a smooth part that they share nearby, and where a
 * law says so a sharp one that goes with few features, whatever the others are. Both Matern of order 3/2. Immutable.
 */
final class FieldKernel {
    /** Expected size of residuals, of either part. */
    private static final double SMOOTH = 0.12;

    private static final double SHARP = 0.08;
    private static final double SQRT3 = Math.sqrt(3);

    private final double[] scales;
    private final int[] kept;
    private final double[] ratios;

    FieldKernel(KernelLaw law) {
        scales = law.fieldScales();
        kept = IntStream.range(0, scales.length).filter(i -> scales[i] > 0).toArray();
        double[] sharp = law.sharpScales();
        ratios = sharp.length == 0
                ? new double[0]
                : Arrays.stream(kept).mapToDouble(i -> scales[i] / sharp[i]).toArray();
    }

    /** Number of features that matter. */
    int dimensions() {
        return kept.length;
    }

    /** Features over the scales of the smooth part; those of scale 0 are left out. */
    double[] scaled(double[] features) {
        return Arrays.stream(kept).mapToDouble(i -> features[i] / scales[i]).toArray();
    }

    /** Covariance of two points of scaled features. */
    double value(double[] a, double[] b) {
        double near = 0;
        double sharp = 0;
        for (int i = 0; i < a.length; i++) {
            double off = a[i] - b[i];
            near += off * off;
            sharp += ratios.length == 0 ? 0 : off * off * ratios[i] * ratios[i];
        }
        return matern(SMOOTH, near) + (ratios.length == 0 ? 0 : matern(SHARP, sharp));
    }

    private static double matern(double size, double squares) {
        double distance = SQRT3 * Math.sqrt(squares);
        return size * size * (1 + distance) * Math.exp(-distance);
    }
}
