package org.partiflow.partitioning;

/** {@link MultilevelPartitioner} with {@link MultilevelPreset#FAST}. Stateless and thread-safe. */
public final class MultilevelFastPartitioner extends MultilevelPartitioner {
    /** Makes one; found by {@link java.util.ServiceLoader} as {@code multilevel-fast}. */
    public MultilevelFastPartitioner() {
        super(MultilevelPreset.FAST);
    }
}
