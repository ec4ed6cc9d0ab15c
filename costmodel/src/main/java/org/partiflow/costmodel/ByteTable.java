package org.partiflow.costmodel;

import java.util.function.DoubleUnaryOperator;

/**
 * Seconds of a collective by the bytes of its buffer: a {@link TokenTable} from 4 KiB to 1 GiB, in proportion beyond, and
 * never faster than the bytes cross the link. Never falls. Immutable and thread-safe; no allocation per call.
 */
public final class ByteTable {
    private static final double UNIT = 4096;

    private final TokenTable table;
    private final double leastSecondsPerByte;

    private ByteTable(TokenTable table, double leastSecondsPerByte) {
        this.table = table;
        this.leastSecondsPerByte = leastSecondsPerByte;
    }

    /**
     * A table of a law.
     *
     * @param law seconds for bytes of at least 4 KiB; finite and not negative
     * @param leastSecondsPerByte no all-reduce over this link is faster
     */
    public static ByteTable of(DoubleUnaryOperator law, double leastSecondsPerByte) {
        return new ByteTable(TokenTable.of(units -> law.applyAsDouble(units * UNIT)), leastSecondsPerByte);
    }

    /** Seconds for a buffer of so many bytes. */
    public double at(double bytes) {
        return Math.max(table.at(bytes / UNIT), bytes * leastSecondsPerByte);
    }
}
