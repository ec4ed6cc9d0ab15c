package org.partiflow.partitioning.phase;

import org.partiflow.api.spi.PhasePartitioner;
import org.partiflow.testkit.PhasePartitionerContract;

/** The contract. */
class SpectralPhasePartitionerTest extends PhasePartitionerContract {
    @Override
    public PhasePartitioner partitioner() {
        return new SpectralPhasePartitioner();
    }
}
