package org.partiflow.partitioning;

import org.partiflow.api.spi.Partitioner;
import org.partiflow.partitioning.ortools.CpSatPartitioner;
import org.partiflow.testkit.PartitionerContract;

/** The contract, kept by {@link CpSatPartitioner}. */
class CpSatPartitionerTest extends PartitionerContract {
    @Override
    public Partitioner partitioner() {
        return new CpSatPartitioner();
    }
}
