package org.partiflow.studies.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ScaleTest {
    @Test
    void equalRatiosAreEquallyFarApartOnALogarithmicScale() {
        Scale scale = Scale.logarithmic(0.5, 8);
        assertThat(scale.share(0.5)).isZero();
        assertThat(scale.share(2)).isCloseTo(0.5, within(1e-12));
        assertThat(scale.share(8)).isCloseTo(1, within(1e-12));
        assertThat(scale.ticks()).containsExactly(0.5, 1.0, 2.0, 5.0);
    }

    @Test
    void aScaleAroundValuesHoldsThemBetweenTicks() {
        for (double[] range : new double[][] {{10.3, 17.8}, {0.013, 0.014}, {5, 5.005}, {0, 3}}) {
            Scale scale = Scale.around(range[0], range[1], String::valueOf);
            assertThat(scale.share(range[0])).isBetween(0.0, 1.0);
            assertThat(scale.share(range[1])).isBetween(0.0, 1.0);
            assertThat(scale.ticks()).hasSizeBetween(2, 8).isSorted();
        }
    }

    @Test
    void namesHaveOnePlaceEach() {
        Scale scale = Scale.names(List.of("a", "b", "c"));
        assertThat(scale.share(0)).isGreaterThan(0);
        assertThat(scale.share(2)).isLessThan(1);
        assertThat(scale.label().apply(1)).isEqualTo("b");
    }
}
