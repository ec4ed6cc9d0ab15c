package org.partiflow.studies.charts;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import org.partiflow.studies.report.Axis;
import org.partiflow.studies.words.Numbers;

/**
 * From values to places on an axis, with ticks. Immutable.
 *
 * @param least least value
 * @param most greatest value
 * @param logarithmic whether equal ratios are equally far apart
 * @param ticks values with a tick
 * @param label text of a tick
 */
public record Scale(double least, double most, boolean logarithmic, List<Double> ticks, DoubleFunction<String> label) {
    private static final double DECADE = 10;

    /** From zero to a round number. */
    public static Scale fromZero(double most, DoubleFunction<String> label) {
        double round = Axis.roundUp(most);
        return new Scale(0, round, false, Axis.ticks(round), label);
    }

    /** Logarithmic between two values above zero, with ticks at powers of ten (and 2 and 5 where there are few). */
    public static Scale logarithmic(double least, double most) {
        List<Double> ticks = new ArrayList<>();
        boolean few = most / least < DECADE * DECADE;
        for (double decade = StrictMath.pow(DECADE, Math.floor(StrictMath.log10(least)));
                decade <= most;
                decade *= DECADE) {
            for (double step : few ? new double[] {1, 2, 5} : new double[] {1}) {
                double tick = decade * step;
                if (tick >= least * 0.999 && tick <= most * 1.001) {
                    ticks.add(tick);
                }
            }
        }
        return new Scale(least, most, true, ticks, Numbers::brief);
    }

    /** Between round numbers around two values. */
    public static Scale around(double least, double most, DoubleFunction<String> label) {
        double span = Axis.roundUp(most - least);
        List<Double> steps = Axis.ticks(span);
        double step = steps.size() > 1 ? steps.get(1) : span;
        double first = Math.floor(least / step) * step;
        List<Double> ticks = new ArrayList<>();
        for (int i = 0; first + i * step < most + step; i++) {
            ticks.add(first + i * step);
        }
        return new Scale(first, ticks.get(ticks.size() - 1), false, ticks, label);
    }

    /** One place per name. */
    public static Scale names(List<String> names) {
        List<Double> ticks = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            ticks.add((double) i);
        }
        return new Scale(-0.3, names.size() - 0.7, false, ticks, at -> names.get((int) at));
    }

    /** The share of the axis at a value, in [0, 1]. */
    double share(double value) {
        double share = logarithmic
                ? StrictMath.log(Math.max(value, least) / least) / StrictMath.log(most / least)
                : (value - least) / (most - least);
        return Math.max(0, Math.min(1, share));
    }
}
