package org.partiflow.io.internal.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Numbers of output files. {@link Double#toString} differs between Java releases (JDK-4511638), so numbers go through
 * decimals of a fixed precision instead; that also hides the last bits, in which library functions may differ.
 */
public final class Numbers {
    /** Significant digits of numbers in output files. */
    public static final int DIGITS = 12;

    private static final MathContext PRECISION = new MathContext(DIGITS, RoundingMode.HALF_EVEN);

    private Numbers() {}

    /**
     * A JSON number of {@value #DIGITS} significant digits.
     *
     * @throws IllegalArgumentException if the value is not finite
     */
    public static JsonNode node(String what, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(what + " is " + value + "; files hold finite numbers only");
        }
        return DecimalNode.valueOf(rounded(new BigDecimal(value)));
    }

    private static BigDecimal rounded(BigDecimal exact) {
        BigDecimal decimal = exact.round(PRECISION);
        if (decimal.signum() == 0) {
            return BigDecimal.ZERO;
        }
        BigDecimal stripped = decimal.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
