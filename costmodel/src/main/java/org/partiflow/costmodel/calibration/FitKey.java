package org.partiflow.costmodel.calibration;

/**
 * What a fit is for.
 *
 * @param kernel class of kernels, such as {@code gemm}
 * @param gpu catalogue name
 * @param variant number format, engine or collective; may be empty
 */
public record FitKey(String kernel, String gpu, String variant) implements Comparable<FitKey> {
    @Override
    public int compareTo(FitKey other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return kernel + "|" + gpu + "|" + variant;
    }
}
