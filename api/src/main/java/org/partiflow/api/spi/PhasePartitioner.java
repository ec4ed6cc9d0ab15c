package org.partiflow.api.spi;

import org.partiflow.api.graph.PhasePartitionRequest;
import org.partiflow.api.graph.PhasePartitionResult;

/** Chooses which groups prefill and which decode. Implementations hold no per-call state and are thread-safe. */
public interface PhasePartitioner extends Strategy {
    /** Solves the request; same request, same result. A stop asked for by the control still yields a valid result. */
    PhasePartitionResult partition(PhasePartitionRequest request);
}
