package org.partiflow.costmodel.calibration;

import java.util.Arrays;

/** Logarithms of constants. Stateless. */
final class Logs {
    private Logs() {}

    static double[] of(double[] positive) {
        return Arrays.stream(positive).map(Math::log).toArray();
    }
}
