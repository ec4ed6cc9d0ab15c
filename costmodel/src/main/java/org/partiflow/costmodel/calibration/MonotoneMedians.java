package org.partiflow.costmodel.calibration;

import java.util.ArrayList;
import java.util.List;

/**
 * The non-falling sequence with the least sum of absolute deviations: neighbours that fall are pooled at their median
 * (Barlow, Bartholomew, Bremner and Brunk, Statistical Inference under Order Restrictions, 1972). Stateless.
 */
final class MonotoneMedians {
    private MonotoneMedians() {}

    /** One value for each of {@code values}. O(n^2 log n) at worst. */
    static double[] of(List<Double> values) {
        List<List<Double>> pools = new ArrayList<>();
        for (double value : values) {
            pools.add(new ArrayList<>(List.of(value)));
            while (pools.size() > 1 && median(pools.get(pools.size() - 2)) > median(pools.get(pools.size() - 1))) {
                List<Double> last = pools.remove(pools.size() - 1);
                pools.get(pools.size() - 1).addAll(last);
            }
        }
        return pools.stream()
                .flatMapToDouble(
                        pool -> pool.stream().mapToDouble(Double::doubleValue).map(ignored -> median(pool)))
                .toArray();
    }

    /** The middle value, or the mean of the two in the middle. */
    static double median(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
