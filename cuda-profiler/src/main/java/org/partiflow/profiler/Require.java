package org.partiflow.profiler;

import java.util.List;

/** Checks of measured values. Stateless. */
final class Require {
    private Require() {}

    static void positive(String name, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " must be finite and positive, got " + value);
        }
    }

    static void text(String name, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(name + " must not be empty");
        }
    }

    static void oneOf(String name, String value, List<String> choices) {
        if (!choices.contains(value)) {
            throw new IllegalArgumentException(
                    name + " must be one of " + String.join(", ", choices) + ", got '" + value + "'");
        }
    }

    static void error(double relativeError) {
        if (!(relativeError >= 0 && relativeError < 1)) {
            throw new IllegalArgumentException("relativeError must be in [0, 1), got " + relativeError);
        }
    }

    static <T> List<T> filled(String name, List<T> list) {
        if (list.isEmpty()) {
            throw new IllegalArgumentException(name + " must not be empty");
        }
        return List.copyOf(list);
    }
}
