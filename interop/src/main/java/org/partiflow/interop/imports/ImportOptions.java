package org.partiflow.interop.imports;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.cluster.Link;
import org.partiflow.api.unit.Bandwidth;

/**
 * What a source may leave out. A {@code null} is asked for only where the source is silent and the catalogue too.
 *
 * @param name the cluster's name
 * @param gpu GPU type of the catalogue, where the source does not name one
 * @param nodes how many machines of the kind that the source describes
 * @param gpusPerNode GPUs of a machine
 * @param zone zone of all nodes, where the source does not tell
 * @param nic network bandwidth of a machine, each way
 * @param nicLatency latency of the network interface
 * @param intraNode connection of the GPUs of a machine
 * @param zoneLink bandwidth between any two zones, each way
 */
public record ImportOptions(
        @Nullable String name,
        @Nullable String gpu,
        @Nullable Integer nodes,
        @Nullable Integer gpusPerNode,
        @Nullable String zone,
        @Nullable Bandwidth nic,
        @Nullable Duration nicLatency,
        @Nullable Link intraNode,
        @Nullable Bandwidth zoneLink) {
    /** Nothing said. */
    public static final ImportOptions NONE = new ImportOptions(null, null, null, null, null, null, null, null, null);

    /** Rejects counts below 1. */
    public ImportOptions {
        if ((nodes != null && nodes < 1) || (gpusPerNode != null && gpusPerNode < 1)) {
            throw new IllegalArgumentException("numbers of nodes and of GPUs per node must be at least 1");
        }
    }
}
