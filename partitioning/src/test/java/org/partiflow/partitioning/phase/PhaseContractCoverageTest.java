package org.partiflow.partitioning.phase;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.partiflow.api.spi.PhasePartitioner;
import org.partiflow.api.spi.Strategies;
import org.partiflow.testkit.PhasePartitionerContract;

/** Every registered phase partitioner has a contract test in this package, named after it. */
class PhaseContractCoverageTest {
    @Test
    void everyRegisteredPhasePartitionerRunsTheContract() throws ReflectiveOperationException {
        assertThat(Strategies.all(PhasePartitioner.class)).hasSize(6);
        for (PhasePartitioner partitioner : Strategies.all(PhasePartitioner.class)) {
            Class<?> test = Class.forName(PhaseContractCoverageTest.class.getPackageName() + "."
                    + partitioner.getClass().getSimpleName() + "Test");
            var contract =
                    (PhasePartitionerContract) test.getDeclaredConstructor().newInstance();
            assertThat(contract.partitioner().getClass()).isEqualTo(partitioner.getClass());
        }
    }
}
