package org.partiflow.api.spi;

import org.partiflow.api.graph.PartitionRequest;
import org.partiflow.api.graph.PartitionResult;

/** Splits a GPU graph into blocks. Implementations hold no per-call state and are thread-safe. */
public interface Partitioner extends Strategy {
    /** Solves the request; same request, same result. A stop asked for by the control still yields a valid result. */
    PartitionResult partition(PartitionRequest request);
}
