package org.partiflow.api.unit;

/**
 * A data rate.
 *
 * @param bytesPerSecond bytes per second, finite and at least 0
 */
public record Bandwidth(double bytesPerSecond) implements Comparable<Bandwidth> {
    /** Rejects negative, infinite and NaN rates. */
    public Bandwidth {
        if (!(bytesPerSecond >= 0) || Double.isInfinite(bytesPerSecond)) {
            throw new IllegalArgumentException("bandwidth must be finite and not negative: " + bytesPerSecond + " B/s");
        }
    }

    /** A rate in decimal gigabytes per second. */
    public static Bandwidth ofGigabytesPerSecond(double value) {
        return new Bandwidth(value * 1e9);
    }

    /** A rate in gigabits per second. */
    public static Bandwidth ofGigabitsPerSecond(double value) {
        return new Bandwidth(value * 1.25e8);
    }

    @Override
    public int compareTo(Bandwidth other) {
        return Double.compare(bytesPerSecond, other.bytesPerSecond);
    }
}
