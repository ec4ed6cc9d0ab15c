package org.partiflow.costmodel.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Time over sizes that were measured, as straight pieces: never falling in size, linear in bytes between sizes, which is
 * what a message of a fixed cost and a rate takes; where protocols change the time steps. Single outliers count as
 * medians do. Beyond the measured sizes the law goes on. Stateless.
 */
final class SizeTable {
    private final double[] sizes;
    private final double[] seconds;

    private SizeTable(List<Sample> samples) {
        TreeMap<Double, List<Double>> logs = new TreeMap<>();
        for (Sample sample : samples) {
            logs.computeIfAbsent(sample.row()[0], missing -> new ArrayList<>()).add(Math.log(sample.seconds()));
        }
        sizes = logs.keySet().stream().mapToDouble(Double::doubleValue).toArray();
        seconds = MonotoneMedians.of(
                logs.values().stream().map(MonotoneMedians::median).toList());
        for (int i = 0; i < seconds.length; i++) {
            seconds[i] = Math.exp(seconds[i]);
        }
    }

    /**
     * Coefficients that move the law of {@code base} onto the pieces at the knots of its table, powers of two of the
     * size, which is the first value of a row. O(samples^2) at worst.
     */
    static double[] coefficients(FittedLaw base, List<Sample> samples) {
        SizeTable table = new SizeTable(samples);
        HatBasis.Axis axis = base.law().correction().axes().get(0);
        double[] moved = base.corrections().clone();
        double[] row = samples.get(0).row().clone();
        for (int i = 0; i < axis.knots(); i++) {
            double size = Math.pow(2, axis.low() + i * axis.step());
            row[0] = Math.max(table.sizes[0], Math.min(table.sizes[table.sizes.length - 1], size));
            moved[i] += Math.log(table.at(row[0]) / base.seconds(row));
        }
        return moved;
    }

    private double at(double size) {
        int next = 1;
        while (next < sizes.length && sizes[next] < size) {
            next++;
        }
        if (next >= sizes.length) {
            return seconds[sizes.length - 1];
        }
        double part = (size - sizes[next - 1]) / (sizes[next] - sizes[next - 1]);
        return seconds[next - 1] + part * (seconds[next] - seconds[next - 1]);
    }
}
