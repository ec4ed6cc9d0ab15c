package org.partiflow.solvers.placement;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.partiflow.api.spi.PlanReplay.Noise;
import org.partiflow.api.spi.PlanReplay.Outcome;

class ReplayVerdictTest {
    private static ReplayVerdict verdict(double flow, double served, double p90) {
        return new ReplayVerdict(flow, new Outcome(served, p90, new Noise(0.02, 0.1)));
    }

    @Test
    void clearlyMoreThroughputBeatsAHigherFlow() {
        assertThat(verdict(9.8, 9.7, 50).isClearlyBetterThan(verdict(10, 9.4, 10), 10))
                .isTrue();
    }

    @Test
    void noiseDecidesNothing() {
        assertThat(verdict(9.8, 9.5, 1).isClearlyBetterThan(verdict(10, 9.4, 10), 10))
                .isFalse();
        assertThat(verdict(10, 9.4, 9.1).isClearlyBetterThan(verdict(10, 9.4, 10), 10))
                .isFalse();
    }

    @Test
    void clearlyLowerLatencyDecidesBetweenEqualFlowsOnly() {
        assertThat(verdict(10, 9.3, 8.9).isClearlyBetterThan(verdict(10, 9.4, 10), 10))
                .isTrue();
        assertThat(verdict(9.9, 9.4, 5).isClearlyBetterThan(verdict(10, 9.4, 10), 10))
                .isFalse();
    }

    @Test
    void lowerLatencyDoesNotMakeUpForClearlyLessThroughput() {
        assertThat(verdict(10, 9.0, 5).isClearlyBetterThan(verdict(10, 9.4, 10), 10))
                .isFalse();
    }

    @Test
    void theReasonNamesWhatWasReplayed() {
        assertThat(verdict(9.8, 9.7, 50).against(verdict(10, 9.4, 10), "mixed", "colocated"))
                .isEqualTo("'mixed' serves 9.700 requests/s in replay, 'colocated' 9.400; its flow is 2.0 % lower");
        assertThat(verdict(10, 9.4, 5).against(verdict(10, 9.4, 10), "mixed", "colocated"))
                .contains("of 5.000 s in replay at 80 % load, 'colocated' 10.00 s; its flow is 0.0 % lower");
    }
}
