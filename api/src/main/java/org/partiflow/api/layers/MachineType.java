package org.partiflow.api.layers;

/**
 * What machines of a type do.
 *
 * @param name its name
 * @param tokensPerSecond tokens/s through a machine that holds 1, 2, ... layers; not necessarily falling. Its length is
 *     the most layers that a machine may hold
 */
@SuppressWarnings("ArrayRecordComponent") // read in the innermost loops of searches; callers must not write to it
public record MachineType(String name, double[] tokensPerSecond) {
    /** Rejects types that can hold nothing and rates that are not positive numbers. */
    public MachineType {
        if (tokensPerSecond.length == 0) {
            throw new IllegalArgumentException("machine type '" + name + "' holds no layers");
        }
        for (double rate : tokensPerSecond) {
            if (!(rate > 0) || Double.isInfinite(rate)) {
                throw new IllegalArgumentException(
                        "machine type '" + name + "' has a rate that is not positive: " + rate);
            }
        }
    }

    /** Most layers of a machine. */
    public int maxLayers() {
        return tokensPerSecond.length;
    }

    /** Tokens/s of a machine that holds {@code layers} layers, 1 to {@link #maxLayers()}. */
    public double rate(int layers) {
        return tokensPerSecond[layers - 1];
    }
}
