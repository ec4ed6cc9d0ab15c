package org.partiflow.io.internal.cluster;

import java.util.List;
import org.partiflow.api.cluster.GpuType;

/**
 * A GPU type and its other names.
 *
 * @param type the GPU type
 * @param aliases other names
 */
public record GpuEntry(GpuType type, List<String> aliases) {
    /** Copies the list. */
    public GpuEntry {
        aliases = List.copyOf(aliases);
    }
}
