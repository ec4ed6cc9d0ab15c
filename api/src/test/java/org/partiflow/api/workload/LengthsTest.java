package org.partiflow.api.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LengthsTest {
    private static final QuantileLengths TABLE = new QuantileLengths(
            List.of(10.0, 100.0, 400.0, 5000.0), List.of(List.of(5.0, 20.0, 300.0), List.of(1.0, 2.0)));

    @Test
    void pointsHaveTheMeansOfTheSamples() {
        LengthMoments moments = LengthMoments.of(List.of(new RequestClass("t", 1, TABLE)));
        SplittableRandom random = new SplittableRandom(1);
        double prompt = 0;
        double pairs = 0;
        double reserved = 0;
        int samples = 400_000;
        for (int i = 0; i < samples; i++) {
            double u = random.nextDouble();
            double n = TABLE.samplePrompt(u);
            double o = TABLE.sampleOutput(u, random.nextDouble());
            prompt += n / samples;
            pairs += n * (n + 1) / 2 / samples;
            reserved += (o - 1) * (n + o) / samples;
        }
        assertThat(moments.prompt()).isCloseTo(prompt, within(0.01 * prompt));
        assertThat(moments.promptPairs()).isCloseTo(pairs, within(0.01 * pairs));
        assertThat(moments.reservedSteps()).isCloseTo(reserved, within(0.02 * reserved));
    }

    @Test
    void momentsOfFixedLengthsAreExact() {
        LengthMoments moments = Workload.fixed("w", 10, 4).moments();
        assertThat(moments.promptPairs()).isEqualTo(55);
        assertThat(moments.decodeSteps()).isEqualTo(3);
        // The cache holds 11, 12 and 13 tokens while tokens 2, 3 and 4 are made... counted as n + i, i = 1..3.
        assertThat(moments.contextSteps()).isEqualTo(36);
        assertThat(moments.meanReserved()).isEqualTo(14);
    }

    @Test
    void longestRequestsAreFound() {
        assertThat(TABLE.maxPrompt()).isEqualTo(5000);
        assertThat(TABLE.maxTotal()).isEqualTo(5002);
        EmpiricalLengths recorded = new EmpiricalLengths(new int[] {5, 100}, new int[] {200, 1});
        assertThat(recorded.maxTotal()).isEqualTo(205);
    }

    @Test
    void sharesMustSumToOne() {
        RequestClass half = new RequestClass("half", 0.5, new FixedLengths(1, 1));
        assertThatThrownBy(() -> new Workload("w", List.of(half), Arrivals.poisson(1), Optional.empty()))
                .hasMessageContaining("sum to 0.5");
    }
}
