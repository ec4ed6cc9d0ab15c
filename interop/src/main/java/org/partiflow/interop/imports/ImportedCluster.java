package org.partiflow.interop.imports;

import java.util.List;
import java.util.Optional;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.workload.Workload;

/**
 * What an import gave.
 *
 * @param cluster the cluster
 * @param workload requests, where the source describes them
 * @param assumptions what the source did not say and how it was filled in, one sentence each
 */
public record ImportedCluster(Cluster cluster, Optional<Workload> workload, List<String> assumptions) {
    /** Copies the list. */
    public ImportedCluster {
        assumptions = List.copyOf(assumptions);
    }
}
