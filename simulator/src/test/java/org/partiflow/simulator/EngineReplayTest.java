package org.partiflow.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.partiflow.api.cost.StageCost;

class EngineReplayTest {
    /** One second a step and a millisecond a token. */
    private static final StageCost COST = (firstLayer, layers, load) -> 1 + 1e-3 * load.tokens();

    private static EngineReplay.Result run(EngineSettings settings, double[] arrivals, int[] prompts, int[] outputs) {
        return new EngineReplay(COST, 4, settings).run(arrivals, prompts, outputs, 1);
    }

    @Test
    void aPromptIsCutAndItsLastChunkMakesTheFirstToken() {
        RequestRecords records = run(
                        EngineSettings.vllm(8, 100, 10_000), new double[] {0}, new int[] {250}, new int[] {3})
                .records();
        assertThat(records.timeToFirstTokenSeconds(0)).isCloseTo(3.25, within(1e-9));
        assertThat(records.timePerOutputTokenSeconds(0)).isCloseTo(1.001, within(1e-9));
    }

    @Test
    void decodeGoesBeforePrompts() {
        RequestRecords records = run(
                        EngineSettings.vllm(8, 100, 10_000), new double[] {0, 0.5}, new int[] {100, 100}, new int[] {
                            3, 1
                        })
                .records();
        // Steps: 100 prompt tokens; 1 + 99; 1 + 1.
        assertThat(records.endToEndSeconds(0)).isCloseTo(1.1 + 1.1 + 1.002, within(1e-9));
        assertThat(records.timeToFirstTokenSeconds(1)).isCloseTo(1.1 + 1.1 + 1.002 - 0.5, within(1e-9));
    }

    @Test
    void theLatestIsRecomputedWhenBlocksRunOut() {
        EngineReplay.Result result =
                run(EngineSettings.vllm(8, 1000, 64), new double[] {0, 0}, new int[] {31, 31}, new int[] {20, 20});
        assertThat(result.report().requests().preemptions()).isPositive();
        assertThat(result.report().requests().completed()).isEqualTo(2);
        assertThat(result.records().endToEndSeconds(0))
                .isLessThan(result.records().endToEndSeconds(1));
        assertThat(result.report().groups().get(0).kvPeakUtilization()).isLessThanOrEqualTo(1);
    }

    @Property(tries = 100, seed = "20261125")
    void everyRequestCompletesOrIsRejected(
            @ForAll @IntRange(min = 1, max = 40) int requests,
            @ForAll @IntRange(min = 1, max = 20) int sequences,
            @ForAll @IntRange(min = 1, max = 200) int tokens,
            @ForAll @IntRange(min = 16, max = 500) int kvTokens,
            @ForAll long seed) {
        java.util.SplittableRandom random = new java.util.SplittableRandom(seed);
        double[] arrivals = random.doubles(requests, 0, 20).sorted().toArray();
        int[] prompts = random.ints(requests, 1, 200).toArray();
        int[] outputs = random.ints(requests, 1, 100).toArray();
        EngineReplay.Result result = run(EngineSettings.vllm(sequences, tokens, kvTokens), arrivals, prompts, outputs);
        var counts = result.report().requests();
        assertThat(counts.completed() + counts.rejected()).isEqualTo(requests);
        for (int i = 0; i < requests; i++) {
            boolean fits = (prompts[i] + outputs[i] + 15) / 16 <= kvTokens / 16;
            assertThat(result.records().outcome(i))
                    .isEqualTo(fits ? RequestRecords.Outcome.COMPLETED : RequestRecords.Outcome.REJECTED);
        }
    }

    @Test
    void rejectsTimesThatGoBack() {
        assertThatThrownBy(() ->
                        run(EngineSettings.vllm(1, 1, 16), new double[] {1, 0}, new int[] {1, 1}, new int[] {1, 1}))
                .hasMessageContaining("request 1 goes back in time");
        assertThatThrownBy(() -> EngineSettings.vllm(1, 1, 15)).hasMessageContaining("must hold a block");
    }
}
