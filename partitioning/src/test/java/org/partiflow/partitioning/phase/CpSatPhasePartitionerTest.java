package org.partiflow.partitioning.phase;

import org.partiflow.api.spi.PhasePartitioner;
import org.partiflow.partitioning.ortools.CpSatPhasePartitioner;
import org.partiflow.testkit.PhasePartitionerContract;

/** The contract. */
class CpSatPhasePartitionerTest extends PhasePartitionerContract {
    @Override
    public PhasePartitioner partitioner() {
        return new CpSatPhasePartitioner();
    }
}
