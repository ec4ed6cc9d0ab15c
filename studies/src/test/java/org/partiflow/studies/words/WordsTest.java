package org.partiflow.studies.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.plan.ServingGroup;
import org.partiflow.api.plan.Stage;

class WordsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0|0",
                "0.5|0.500",
                "9.999|10.0",
                "99.96|100",
                "0.001234|0.00123",
                "12345.6|12,346",
                "-2.5|-2.50",
                "1e-9|0.00000000100"
            })
    void roundsToThreeDigits(double value, String expected) {
        assertThat(Numbers.round(value)).isEqualTo(expected);
    }

    @Test
    void namesWhatIsNoNumber() {
        assertThat(Numbers.round(Double.POSITIVE_INFINITY)).isEqualTo("unlimited");
        assertThat(Numbers.seconds(Double.NaN)).isEqualTo("unknown");
        assertThat(Numbers.percent(Double.NaN)).isEqualTo("unknown");
    }

    @Test
    void choosesTheUnitThatReadsBest() {
        assertThat(Numbers.seconds(0.0421)).isEqualTo("42.1 ms");
        assertThat(Numbers.briefSeconds(2)).isEqualTo("2 s");
        assertThat(Numbers.gigabitsPerSecond(5e9)).isEqualTo("40 Gbit/s");
        assertThat(Numbers.gigabytes(33.4e9)).isEqualTo("33.4 GB");
    }

    @Test
    void drawsRunsOfGpusTogether() {
        assertThat(GroupWords.places(List.of("a/0", "a/1", "a/2", "b/3", "a/5")))
                .isEqualTo("a/0-2,5 b/3");
        assertThat(GroupWords.places(List.of())).isEmpty();
    }

    @Test
    void writesParallelismByStageWhereStagesDiffer() {
        Stage two = new Stage(List.of("a/0", "a/1"), 0, 39);
        Stage one = new Stage(List.of("b/0"), 40, 79);
        assertThat(GroupWords.parallelism(group(two, one))).isEqualTo("2+1");
        assertThat(GroupWords.parallelism(group(one, one))).isEqualTo("1x2");
        assertThat(GroupWords.layers(group(two, one))).isEqualTo("40+40");
    }

    @Test
    void saysWhatALinkIs() {
        assertThat(PlanWords.link("h0/nic-out")).isEqualTo("the NIC of h0 (out)");
        assertThat(PlanWords.link("z0=>z1")).isEqualTo("the link z0 to z1");
        assertThat(PlanWords.link("h0/1/in")).isEqualTo("the port of GPU h0/1 (in)");
    }

    private static ServingGroup group(Stage... stages) {
        return new ServingGroup("p0", Phase.PREFILL, List.of(stages), 1, 1, 1, 1, List.of(), 1);
    }
}
