package org.partiflow.studies.compare;

import org.partiflow.studies.words.Numbers;

/**
 * A figure of both plans.
 *
 * @param key name in files
 * @param label name in tables
 * @param unit how it is written
 * @param better which direction is the better one
 * @param first value of the first plan; NaN if it has none
 * @param second value of the second plan; NaN if it has none
 */
public record Metric(String key, String label, Unit unit, Better better, double first, double second) {
    /** Below this, a change is no more than noise or rounding. */
    private static final double NOTABLE = 0.005;

    /** How a figure is written. */
    public enum Unit {
        /** Three significant digits. */
        NUMBER,
        /** A whole number. */
        COUNT,
        /** Seconds. */
        SECONDS,
        /** A share of one. */
        SHARE,
        /** US dollars. */
        USD
    }

    /** Which direction is the better one. */
    public enum Better {
        /** More is better. */
        HIGHER,
        /** Less is better. */
        LOWER,
        /** Neither is. */
        NEITHER
    }

    /** Second over first minus 1 (shares: second minus first); NaN if one is missing or the first is 0. */
    public double change() {
        if (unit == Unit.SHARE) {
            return second - first;
        }
        return first == second ? 0 : first == 0 ? Double.NaN : second / first - 1;
    }

    /** +1 if the second plan is notably better, -1 if it is worse, 0 if neither can be said. */
    public int verdict() {
        double change = change();
        if (better == Better.NEITHER || !(Math.abs(change) >= NOTABLE)) {
            return 0;
        }
        return (change > 0) == (better == Better.HIGHER) ? 1 : -1;
    }

    /** A value in words. */
    public String words(double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        return switch (unit) {
            case NUMBER -> Numbers.round(value);
            case COUNT -> Numbers.count(Math.round(value));
            case SECONDS -> Numbers.seconds(value);
            case SHARE -> Numbers.percent(value);
            case USD -> Numbers.usd(value);
        };
    }

    /** The change in words, such as {@code +12.3 %} or {@code -0.5 points}. */
    public String changeInWords() {
        double change = change();
        if (Double.isNaN(change)) {
            return "-";
        }
        if (Math.abs(change) < NOTABLE / 10) {
            return "equal";
        }
        String amount = Numbers.percent(Math.abs(change));
        String sign = change > 0 ? "+" : "-";
        return sign + (unit == Unit.SHARE ? amount.replace(" %", " points") : amount);
    }
}
