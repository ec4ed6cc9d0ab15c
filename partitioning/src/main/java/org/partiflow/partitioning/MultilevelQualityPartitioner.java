package org.partiflow.partitioning;

/** {@link MultilevelPartitioner} with {@link MultilevelPreset#QUALITY}. Stateless and thread-safe. */
public final class MultilevelQualityPartitioner extends MultilevelPartitioner {
    /** Makes one; found by {@link java.util.ServiceLoader} as {@code multilevel-quality}. */
    public MultilevelQualityPartitioner() {
        super(MultilevelPreset.QUALITY);
    }
}
