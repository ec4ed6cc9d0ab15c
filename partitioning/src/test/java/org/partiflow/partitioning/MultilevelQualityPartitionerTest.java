package org.partiflow.partitioning;

import org.partiflow.api.spi.Partitioner;
import org.partiflow.testkit.PartitionerContract;

/** The contract, kept by {@link MultilevelQualityPartitioner}. */
class MultilevelQualityPartitionerTest extends PartitionerContract {
    @Override
    public Partitioner partitioner() {
        return new MultilevelQualityPartitioner();
    }
}
