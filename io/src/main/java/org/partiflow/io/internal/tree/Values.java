package org.partiflow.io.internal.tree;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.vavr.control.Either;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.unit.Dimension;
import org.partiflow.api.unit.Quantities;

/** Converts single values of the tree; what does not convert becomes a problem and a placeholder. One thread only. */
final class Values {
    /** Stands for a text that could not be read. */
    static final String PLACEHOLDER = "?";

    private static final int MAX_SHOWN = 60;

    private final Problems problems;

    Values(Problems problems) {
        this.problems = problems;
    }

    String text(String place, JsonNode value) {
        if (!value.isTextual()) {
            boolean scalar = value.isValueNode() && !value.isNull();
            String remedy =
                    scalar ? "; write it in quotes: \"" + shorten(value.asText()) + "\"" : ", got " + describe(value);
            problems.add(place, "must be a text" + remedy);
            return PLACEHOLDER;
        }
        String text = value.asText();
        if (text.isBlank() || text.chars().anyMatch(Character::isISOControl)) {
            problems.add(place, "must be a text on one line that is not blank");
            return PLACEHOLDER;
        }
        return text;
    }

    double quantity(String place, JsonNode value, Dimension dimension, Sign sign, double max) {
        if (!value.isTextual() && !value.isNumber()) {
            problems.add(place, "must be " + dimension.example() + ", got " + describe(value));
            return 1;
        }
        Either<String, Double> parsed = Quantities.parse(dimension, value.asText());
        if (parsed.isLeft()) {
            problems.add(place, parsed.getLeft());
            return 1;
        }
        double amount = parsed.get();
        if (!sign.allows(amount)) {
            problems.add(place, "'" + value.asText() + "' is out of range: " + sign.rule());
            return 1;
        }
        if (amount > max) {
            problems.add(place, "'" + value.asText() + "' is too large; write " + dimension.example());
            return 1;
        }
        return amount;
    }

    long integer(String place, JsonNode value, long min, long max) {
        boolean whole = value.isIntegralNumber() || (value.isNumber() && value.doubleValue() % 1 == 0);
        if (!whole || value.doubleValue() < min || value.doubleValue() > max || !value.canConvertToLong()) {
            problems.add(place, "must be a whole number from " + min + " to " + max + ", got " + describe(value));
            return Math.max(1, min);
        }
        return value.longValue();
    }

    double number(String place, JsonNode value, double min, double max) {
        double number = value.isNumber() ? value.doubleValue() : Double.NaN;
        if (!Double.isFinite(number) || number < min || number > max) {
            problems.add(place, "must be " + bounds(min, max) + ", got " + describe(value));
            return Math.max(1, min);
        }
        return number;
    }

    List<Double> numbers(String place, @Nullable JsonNode value, double min, double max) {
        List<Double> numbers = new ArrayList<>();
        if (value == null) {
            return numbers;
        }
        if (!value.isArray()) {
            problems.add(place, "must be a list of numbers, got " + describe(value));
            return numbers;
        }
        for (JsonNode element : value) {
            numbers.add(number(place + "[" + numbers.size() + "]", element, min, max));
        }
        return numbers;
    }

    static String describe(JsonNode value) {
        if (value.isObject()) {
            return "an object";
        }
        if (value.isArray()) {
            return "a list";
        }
        if (value.isNull()) {
            return "nothing";
        }
        String text = shorten(value.asText());
        return value instanceof TextNode ? "the text '" + text + "'" : text;
    }

    static String shorten(String text) {
        return text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "..." : text;
    }

    private static String bounds(double min, double max) {
        if (max < Double.MAX_VALUE) {
            return "a number from " + plain(min) + " to " + plain(max);
        }
        return min <= -Double.MAX_VALUE ? "a finite number" : "a finite number from " + plain(min) + " up";
    }

    private static String plain(double bound) {
        return bound % 1 == 0 && Math.abs(bound) < 1e15 ? Long.toString((long) bound) : Double.toString(bound);
    }
}
