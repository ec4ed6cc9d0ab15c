package org.partiflow.studies.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.partiflow.api.explain.Explanation;
import org.partiflow.api.explain.StrategyTrial;
import org.partiflow.api.explain.StrategyTrial.Verdict;

class ExplanationWordsTest {
    private static final Explanation.WhatIf MORE =
            new Explanation.WhatIf(Explanation.Change.MORE_GPU, "L40", "in node l0", 2.2, 0.2, 1.14);
    private static final Explanation.WhatIf LINK =
            new Explanation.WhatIf(Explanation.Change.FASTER_LINK, "link between zones", "z0 and z1", 2, 0, 0);
    private static final Explanation EXPLANATION = new Explanation(
            1.9, 2, new Explanation.Bottleneck(List.of("p0"), 1, 0.8), List.of(MORE, LINK), List.of(), List.of());

    private static StrategyTrial trial(int batch, double rate, double latency, Verdict verdict) {
        return new StrategyTrial(List.of(2, 2), List.of(40, 40), batch, rate, latency, verdict);
    }

    @Test
    void saysWhatAChangeBrings() {
        assertThat(ExplanationWords.change(MORE)).isEqualTo("one more L40 (in node l0)");
        assertThat(ExplanationWords.gain(EXPLANATION, MORE)).isEqualTo("+0.200 req/s (+10.0 %)");
        assertThat(ExplanationWords.change(LINK)).isEqualTo("link between zones twice as fast (z0 and z1)");
        assertThat(ExplanationWords.gain(EXPLANATION, LINK)).isEqualTo("nothing");
    }

    @Test
    void owesNoGainToFurtherSearch() {
        assertThat(ExplanationWords.furtherSearch(EXPLANATION))
                .hasValueSatisfying(words -> assertThat(words).contains("2.00 req/s (+5.3 %)", "counted from there"));
        Explanation settled = new Explanation(2, 2, EXPLANATION.bottleneck(), List.of(), List.of(), List.of());
        assertThat(ExplanationWords.furtherSearch(settled)).isEmpty();
    }

    @Test
    void saysWhyAnotherPlanLost() {
        Explanation.Bottleneck cut =
                new Explanation.Bottleneck(List.of("p0", "p1", "d0", "p0->d1", "link:h0/nic-out"), 0.9, 1);
        assertThat(ExplanationWords.whyItLost(new Explanation.RejectedAlternative("x", 1, cut, 2)))
                .isEqualTo("limited by compute of 2 prefill groups, compute of 1 decode group, KV transfer on 1 route,"
                        + " the NIC of h0 (out); prefill groups have 10.0 % to spare; 2 GPUs unused");
        assertThat(ExplanationWords.whyItLost(new Explanation.RejectedAlternative("x", 0, cut, 2)))
                .isEqualTo("finds no plan");
    }

    @Test
    void saysWhyAStrategyWasNotChosen() {
        StrategyTrial chosen = trial(8, 4, 1, Verdict.CHOSEN);
        assertThat(ExplanationWords.parallelism(chosen)).isEqualTo("2x2");
        assertThat(ExplanationWords.verdict(chosen, chosen)).isEqualTo("chosen");
        assertThat(ExplanationWords.verdict(trial(4, 3, 0.6, Verdict.SLOWER), chosen))
                .isEqualTo("serves -25.0 %");
        assertThat(ExplanationWords.verdict(trial(16, 4, 2, Verdict.LATER), chosen))
                .isEqualTo("serves no more, with 2 times the latency");
        for (Verdict verdict : Verdict.values()) {
            assertThat(ExplanationWords.verdict(trial(4, 3, 0.6, verdict), chosen))
                    .isNotBlank();
        }
    }
}
