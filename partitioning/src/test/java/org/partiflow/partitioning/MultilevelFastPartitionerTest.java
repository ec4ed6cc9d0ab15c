package org.partiflow.partitioning;

import org.partiflow.api.spi.Partitioner;
import org.partiflow.testkit.PartitionerContract;

/** The contract, kept by {@link MultilevelFastPartitioner}. */
class MultilevelFastPartitionerTest extends PartitionerContract {
    @Override
    public Partitioner partitioner() {
        return new MultilevelFastPartitioner();
    }
}
