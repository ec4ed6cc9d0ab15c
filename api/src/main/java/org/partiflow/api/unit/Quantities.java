package org.partiflow.api.unit;

import io.vavr.control.Either;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses quantities written as a number and a unit. The unit is mandatory; decimal (GB) and binary (GiB) prefixes are
 * distinct. Stateless and thread-safe.
 */
public final class Quantities {
    private static final int MAX_TEXT = 64;
    private static final Pattern FORM = Pattern.compile("([+-]?[0-9]+(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]{1,3})?)\\s*(.*)");

    private Quantities() {}

    /**
     * Parses {@code text} as a quantity of {@code dimension}.
     *
     * @return right: the value in the dimension's base unit, finite; left: what is wrong and what to write instead
     */
    public static Either<String, Double> parse(Dimension dimension, String text) {
        String trimmed = text.strip();
        String shown = trimmed.length() > MAX_TEXT ? trimmed.substring(0, MAX_TEXT) + "..." : trimmed;
        Matcher matcher = FORM.matcher(trimmed);
        if (trimmed.length() > MAX_TEXT || !matcher.matches()) {
            return Either.left("'" + shown + "' is not a quantity; write " + dimension.example());
        }
        String unit = matcher.group(2);
        if (unit.isEmpty()) {
            return Either.left("'" + shown + "' has no unit; write " + dimension.example());
        }
        Double factor = dimension.units().get(unit);
        if (factor == null) {
            return Either.left("'" + shown + "' has the unknown unit '" + unit + "'; write " + dimension.example());
        }
        // In decimal, so that '20 us' is the double nearest to 2e-5.
        double value = new BigDecimal(matcher.group(1))
                .multiply(BigDecimal.valueOf(factor))
                .doubleValue();
        return Double.isFinite(value)
                ? Either.right(value)
                : Either.left("'" + shown + "' is too large; write " + dimension.example());
    }
}
