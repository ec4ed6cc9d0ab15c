package org.partiflow.api.model;

/** Number format of weights or of the KV cache. */
public enum Precision {
    /** IEEE half precision. */
    FP16(2),
    /** bfloat16. */
    BF16(2),
    /** 8-bit floating point. */
    FP8(1),
    /** 4-bit integers; scales are counted as an eighth of the weights' size. */
    INT4(0.5 + 0.0625);

    private final double bytes;

    Precision(double bytes) {
        this.bytes = bytes;
    }

    /** Bytes per element. */
    public double bytes() {
        return bytes;
    }
}
