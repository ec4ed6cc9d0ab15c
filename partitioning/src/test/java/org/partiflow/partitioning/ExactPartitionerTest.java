package org.partiflow.partitioning;

import org.partiflow.api.spi.Partitioner;
import org.partiflow.testkit.PartitionerContract;

/** The contract, kept by {@link ExactPartitioner}. */
class ExactPartitionerTest extends PartitionerContract {
    @Override
    public Partitioner partitioner() {
        return new ExactPartitioner();
    }
}
