package org.partiflow.costmodel;

/**
 * Shares of a GPU's datasheet rates that kernels reach on large inputs; all in (0, 1.5]. A share above 1 means that the
 * datasheet understates the device. Immutable.
 *
 * @param compute fp16 matrix products, of the fp16 rate
 * @param fp8Compute fp8 matrix products with dynamic quantisation, of the fp8 rate
 * @param memory reading weights, of the memory bandwidth
 * @param decodeKv reading a KV cache in decode attention, of the memory bandwidth
 * @param source measurements behind the figures
 */
public record GpuEfficiency(double compute, double fp8Compute, double memory, double decodeKv, String source) {
    /** Rejects shares outside (0, 1.5]. */
    public GpuEfficiency {
        check("compute", compute);
        check("fp8Compute", fp8Compute);
        check("memory", memory);
        check("decodeKv", decodeKv);
    }

    private static void check(String name, double share) {
        if (!(share > 0 && share <= 1.5)) {
            throw new IllegalArgumentException("efficiency '" + name + "' must be in (0, 1.5], got " + share);
        }
    }
}
