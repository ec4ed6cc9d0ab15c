package org.partiflow.api.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.partiflow.api.Fixtures;

class ShardingTest {
    @Test
    void parametersAndCacheAreThePublishedOnes() {
        assertThat(Fixtures.llama70b().parameters()).isCloseTo(68_976_648_192L, within(10_000_000L));
        assertThat(Fixtures.llama70b().kvBytesPerToken()).isEqualTo(327_680);
        assertThat(Fixtures.deepseekV3().parameters()).isCloseTo(671_000_000_000L, within(2_000_000_000L));
        assertThat(Fixtures.deepseekV3().kvBytesPerToken()).isEqualTo(70_272);
    }

    @Test
    void stagesTogetherHoldTheWholeModelOnce() {
        TransformerModel model = Fixtures.llama70b();
        double whole = Sharding.weightBytesPerGpu(model, 0, 80, 1);
        double parts = Sharding.weightBytesPerGpu(model, 0, 30, 1)
                + 4 * Sharding.weightBytesPerGpu(model, 30, 49, 4)
                + Sharding.weightBytesPerGpu(model, 79, 1, 1);
        assertThat(parts).isCloseTo(whole, within(whole * 1e-12));
        assertThat(whole).isCloseTo(2.0 * model.parameters(), within(1e6));
    }

    @Test
    void kvHeadsAreCopiedBeyondTheirNumber() {
        TransformerModel model = Fixtures.llama70b();
        assertThat(Sharding.kvReplication(model, 8)).isEqualTo(1);
        assertThat(Sharding.kvReplication(model, 16)).isEqualTo(2);
        assertThat(Sharding.kvBytesPerTokenPerGpu(model, 80, 16))
                .isEqualTo(Sharding.kvBytesPerTokenPerGpu(model, 80, 8));
        double eight = 8 * Sharding.weightBytesPerGpu(model, 1, 1, 8);
        double sixteen = 16 * Sharding.weightBytesPerGpu(model, 1, 1, 16);
        // One more copy of the key and value projections.
        assertThat(sixteen - eight).isCloseTo(2.0 * 2 * 8192 * 1024, within(1.0));
        assertThat(Sharding.kvReplication(Fixtures.deepseekV3(), 8)).isEqualTo(8);
    }

    @Test
    void degreesMustDivideHeadsAndColumns() {
        TransformerModel model = Fixtures.llama70b();
        for (int legal : new int[] {1, 2, 4, 8, 16}) {
            assertThat(Sharding.isLegal(model, legal)).as("%d", legal).isTrue();
        }
        for (int illegal : new int[] {0, -1, 3, 5, 6, 7, 12}) {
            assertThat(Sharding.isLegal(model, illegal)).as("%d", illegal).isFalse();
        }
    }

    @Test
    void activationsGrowWithTokensAndShrinkWithDegree() {
        TransformerModel model = Fixtures.llama70b();
        assertThat(Sharding.activationBytesPerGpu(model, 2000, 1))
                .isEqualTo(2 * Sharding.activationBytesPerGpu(model, 1000, 1));
        assertThat(Sharding.activationBytesPerGpu(model, 1000, 8))
                .isLessThan(Sharding.activationBytesPerGpu(model, 1000, 1));
    }
}
