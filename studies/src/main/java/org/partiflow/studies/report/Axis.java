package org.partiflow.studies.report;

import java.util.ArrayList;
import java.util.List;

/** Round ends and ticks for an axis that starts at zero. Stateless. */
public final class Axis {
    private static final double[] STEPS = {1, 2, 2.5, 5, 10};
    private static final int TICKS = 4;
    private static final double SLACK = 1e-9;

    private Axis() {}

    /** A round number that is not less than {@code value}. */
    public static double roundUp(double value) {
        double step = step(value);
        return value > 0 ? Math.ceil(value / step - SLACK) * step : 1;
    }

    /** Ticks from zero up to {@code most}. */
    public static List<Double> ticks(double most) {
        double step = step(most);
        List<Double> ticks = new ArrayList<>();
        for (int i = 0; i * step <= most * (1 + SLACK); i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    private static double step(double value) {
        if (!(value > 0)) {
            return 1;
        }
        double rough = value / TICKS;
        double magnitude = Math.pow(10, Math.floor(Math.log10(rough)));
        for (double step : STEPS) {
            if (step * magnitude >= rough * (1 - SLACK)) {
                return step * magnitude;
            }
        }
        return 10 * magnitude;
    }
}
