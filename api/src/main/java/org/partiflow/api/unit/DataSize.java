package org.partiflow.api.unit;

/**
 * An amount of data.
 *
 * @param bytes bytes, at least 0
 */
public record DataSize(long bytes) {
    /** Rejects negative sizes. */
    public DataSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("data size must not be negative: " + bytes + " bytes");
        }
    }

    /** A size in decimal gigabytes (1e9 bytes), rounded down to whole bytes. */
    public static DataSize ofGigabytes(double gigabytes) {
        return new DataSize((long) (gigabytes * 1e9));
    }

    /** This size in decimal gigabytes. */
    public double gigabytes() {
        return bytes / 1e9;
    }
}
