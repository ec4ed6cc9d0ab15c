package org.partiflow.api.unit;

/**
 * A compute rate.
 *
 * @param flopPerSecond floating-point operations per second, finite and at least 0; 0 means "not supported"
 */
public record ComputeRate(double flopPerSecond) {
    /** Rejects negative, infinite and NaN rates. */
    public ComputeRate {
        if (!(flopPerSecond >= 0) || Double.isInfinite(flopPerSecond)) {
            throw new IllegalArgumentException(
                    "compute rate must be finite and not negative: " + flopPerSecond + " FLOP/s");
        }
    }

    /** A rate in teraFLOP per second. */
    public static ComputeRate ofTeraflops(double value) {
        return new ComputeRate(value * 1e12);
    }
}
