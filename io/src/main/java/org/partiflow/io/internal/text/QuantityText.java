package org.partiflow.io.internal.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import org.partiflow.api.unit.Dimension;
import org.partiflow.api.unit.Quantities;

/** Writes quantities so that {@link Quantities} reads exactly the same value back. Stateless. */
public final class QuantityText {
    /** Digits that tell any two doubles apart. */
    private static final int EXACT_DIGITS = 17;

    private static final int READABLE_DIGITS = 10;
    private static final int MAX_PLAIN = 30;

    private QuantityText() {}

    /** A data size. */
    public static String data(long bytes) {
        for (Unit unit : List.of(new Unit("GB", 1e9), new Unit("GiB", 1L << 30), new Unit("MB", 1e6))) {
            if (bytes % (long) unit.factor() == 0 && bytes > 0) {
                return bytes / (long) unit.factor() + " " + unit.symbol();
            }
        }
        return bytes + " B";
    }

    /** A bandwidth in bytes per second; rates below 32 GB/s are looked at in bits first, as network cards are sold. */
    public static String bandwidth(double bytesPerSecond) {
        Unit bits = new Unit("Gbit/s", 1.25e8);
        Unit bytes = new Unit("GB/s", 1e9);
        List<Unit> units = bytesPerSecond < 32e9 ? List.of(bits, bytes) : List.of(bytes, bits);
        return shortest(Dimension.BANDWIDTH, bytesPerSecond, units, "B/s");
    }

    /** A compute rate in FLOP per second. */
    public static String compute(double flopPerSecond) {
        return shortest(Dimension.COMPUTE, flopPerSecond, List.of(new Unit("TFLOP/s", 1e12)), "FLOP/s");
    }

    /** An amount of US dollars. */
    public static String money(double usd) {
        return shortest(Dimension.MONEY, usd, List.of(new Unit("USD", 1)), "USD");
    }

    /** A time in whole nanoseconds. */
    public static String time(long nanos) {
        if (nanos % 1_000_000_000 == 0) {
            return nanos / 1_000_000_000 + " s";
        }
        if (nanos % 1_000_000 == 0) {
            return nanos / 1_000_000 + " ms";
        }
        return nanos % 1_000 == 0 ? nanos / 1_000 + " us" : nanos + " ns";
    }

    private static String shortest(Dimension dimension, double value, List<Unit> units, String base) {
        for (Unit unit : units) {
            String text = number(value / unit.factor(), READABLE_DIGITS) + " " + unit.symbol();
            if (Quantities.parse(dimension, text).fold(problem -> false, read -> read == value)) {
                return text;
            }
        }
        return number(value, EXACT_DIGITS) + " " + base;
    }

    private static String number(double value, int digits) {
        BigDecimal decimal = new BigDecimal(value).round(new MathContext(digits));
        if (decimal.signum() == 0) {
            return "0";
        }
        String plain = decimal.stripTrailingZeros().toPlainString();
        return plain.length() <= MAX_PLAIN
                ? plain
                : decimal.stripTrailingZeros().toString();
    }

    private record Unit(String symbol, double factor) {}
}
