package org.partiflow.costmodel;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

class TablesProperties {
    private static final double ROUNDING = 1 - 1e-12;
    private static final TokenTable LINEAR = TokenTable.of(tokens -> 3 * tokens);
    private static final TokenTable WAVES = TokenTable.of(tokens -> 5 + Math.sin(tokens) + Math.ceil(tokens / 128));
    private static final LoadTable ROUGH =
            LoadTable.of((rows, attended) -> 3 + Math.cos(rows) + Math.sin(attended) + attended / 1e3);

    @Property(seed = "20261125")
    void aLinearLawIsKeptEverywhere(@ForAll @DoubleRange(min = 1, max = 1e7) double tokens) {
        assertThat(LINEAR.at(tokens)).isBetween(3 * tokens * ROUNDING, 3 * tokens / ROUNDING);
    }

    @Property(seed = "20261125")
    void tablesNeverFall(
            @ForAll @DoubleRange(min = 0, max = 1e6) double rows,
            @ForAll @DoubleRange(min = 0, max = 1e12) double attended,
            @ForAll @DoubleRange(min = 0, max = 1e6) double more) {
        assertThat(WAVES.at(rows + more)).isGreaterThanOrEqualTo(WAVES.at(rows) * ROUNDING);
        double time = ROUGH.at(rows, attended);
        assertThat(time).isFinite().isNotNegative();
        assertThat(ROUGH.at(rows + more, attended)).isGreaterThanOrEqualTo(time * ROUNDING);
        assertThat(ROUGH.at(rows, attended + more)).isGreaterThanOrEqualTo(time * ROUNDING);
    }

    @Property(seed = "20261125")
    void theLargerOfTwoIsNoSmallerThanEither(@ForAll @DoubleRange(min = 0.1, max = 1e6) double tokens) {
        double both = WAVES.atLeast(LINEAR, 0.5).at(tokens);
        assertThat(both).isGreaterThanOrEqualTo(WAVES.at(tokens) * ROUNDING);
        assertThat(both).isGreaterThanOrEqualTo(0.5 * LINEAR.at(tokens) * ROUNDING);
    }
}
