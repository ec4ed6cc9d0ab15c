package org.partiflow.partitioning;

import org.partiflow.api.spi.Partitioner;
import org.partiflow.testkit.PartitionerContract;

/** The contract, kept by {@link MultilevelPartitioner}. */
class MultilevelPartitionerTest extends PartitionerContract {
    @Override
    public Partitioner partitioner() {
        return new MultilevelPartitioner();
    }
}
