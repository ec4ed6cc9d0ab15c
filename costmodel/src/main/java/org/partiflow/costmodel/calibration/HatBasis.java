package org.partiflow.costmodel.calibration;

import java.util.List;

/**
 * Piecewise linear functions over few features: one table per axis, and one per pair of axes (bilinear). Beyond an axis'
 * ends the value stays that of the end. Immutable and thread-safe.
 *
 * @param axes the single tables
 * @param pairs the double tables
 */
public record HatBasis(List<Axis> axes, List<Pair> pairs) {
    /** No functions. */
    static final HatBasis NONE = new HatBasis(List.of(), List.of());

    /**
     * Evenly spaced knots over one feature.
     *
     * @param feature index of the feature
     * @param low first knot
     * @param knots number of knots, 2 or more
     * @param step distance of knots
     */
    public record Axis(int feature, double low, int knots, double step) {
        private double position(double[] features) {
            double at = (features[feature] - low) / step;
            return Math.max(0, Math.min(knots - 1 - 1e-9, at));
        }
    }

    /** A bilinear table over two axes. */
    public record Pair(Axis first, Axis second) {
        private int knots() {
            return first.knots() * second.knots();
        }
    }

    /** An axis from {@code low} to at least {@code high}. */
    static Axis axis(int feature, double low, double high, double step) {
        return new Axis(feature, low, (int) Math.ceil((high - low) / step - 1e-9) + 1, step);
    }

    /** Number of coefficients of the single tables. */
    int singles() {
        return axes.stream().mapToInt(Axis::knots).sum();
    }

    /** Number of coefficients of all tables. */
    int size() {
        return singles() + pairs.stream().mapToInt(Pair::knots).sum();
    }

    /** Number of basis functions that are not zero at a point. */
    int terms() {
        return 2 * axes.size() + 4 * pairs.size();
    }

    /** Writes index and value of the {@link #terms()} functions that are not zero. O(terms). */
    void evaluate(double[] features, int[] index, double[] value) {
        int offset = 0;
        int at = 0;
        for (Axis axis : axes) {
            double position = axis.position(features);
            int knot = (int) position;
            index[at] = offset + knot;
            value[at++] = 1 - (position - knot);
            index[at] = offset + knot + 1;
            value[at++] = position - knot;
            offset += axis.knots();
        }
        for (Pair pair : pairs) {
            double p = pair.first().position(features);
            double q = pair.second().position(features);
            for (int corner = 0; corner < 4; corner++) {
                int i = (int) p + corner / 2;
                int j = (int) q + corner % 2;
                index[at] = offset + i * pair.second().knots() + j;
                value[at++] = (1 - Math.abs(p - i)) * (1 - Math.abs(q - j));
            }
            offset += pair.knots();
        }
    }

    /** The tables' sum at a point. */
    double sum(double[] coefficients, double[] features) {
        int[] index = new int[terms()];
        double[] value = new double[terms()];
        evaluate(features, index, value);
        double sum = 0;
        for (int i = 0; i < index.length; i++) {
            sum += value[i] * coefficients[index[i]];
        }
        return sum;
    }
}
