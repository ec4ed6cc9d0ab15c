package org.partiflow.studies.words;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Round numbers for people: three significant digits, the same in every locale. Stateless. */
public final class Numbers {
    private static final int DIGITS = 3;
    private static final MathContext THREE_DIGITS = new MathContext(DIGITS, RoundingMode.HALF_UP);
    private static final double THOUSAND = 1000;

    private Numbers() {}

    /** Three significant digits, whole numbers from 100 up, with thousands separated. */
    public static String round(double value) {
        if (!Double.isFinite(value)) {
            return value > 0 ? "unlimited" : "unknown";
        }
        if (Math.abs(value) >= 100) {
            return String.format(Locale.ROOT, "%,d", Math.round(value));
        }
        BigDecimal rounded = new BigDecimal(value).round(THREE_DIGITS);
        if (rounded.signum() == 0) {
            return "0";
        }
        int digitsAfterPoint = DIGITS - (rounded.precision() - rounded.scale());
        return rounded.setScale(Math.max(0, digitsAfterPoint), RoundingMode.HALF_UP)
                .toPlainString();
    }

    /** The same without zeros at the end, for ticks, targets and figures that were given rather than computed. */
    public static String brief(double value) {
        String text = round(value);
        return text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
    }

    /** A share as a percentage, one digit after the point. */
    public static String percent(double share) {
        return Double.isFinite(share) ? String.format(Locale.ROOT, "%.1f %%", share * 100) : "unknown";
    }

    /** A whole number with thousands separated. */
    public static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** Seconds in the unit that reads best. */
    public static String seconds(double seconds) {
        if (!Double.isFinite(seconds)) {
            return "unknown";
        }
        return seconds >= 1 || seconds == 0 ? round(seconds) + " s" : round(seconds * THOUSAND) + " ms";
    }

    /** Given seconds in the unit that reads best, without zeros at the end. */
    public static String briefSeconds(double seconds) {
        return seconds >= 1 || seconds == 0 ? brief(seconds) + " s" : brief(seconds * THOUSAND) + " ms";
    }

    /** US dollars with cents. */
    public static String usd(double amount) {
        return Double.isFinite(amount) ? String.format(Locale.ROOT, "$%,.2f", amount) : "unknown";
    }

    /** Bytes in decimal gigabytes, one digit after the point. */
    public static String gigabytes(double bytes) {
        return String.format(Locale.ROOT, "%,.1f GB", bytes / 1e9);
    }

    /** A rate of bytes as GB/s. */
    public static String gigabytesPerSecond(double bytesPerSecond) {
        return brief(bytesPerSecond / 1e9) + " GB/s";
    }

    /** A rate of bytes as Gbit/s, as networks are sold. */
    public static String gigabitsPerSecond(double bytesPerSecond) {
        return brief(bytesPerSecond / 1.25e8) + " Gbit/s";
    }
}
