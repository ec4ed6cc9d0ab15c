package org.partiflow.studies.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StatsTest {
    /** From printed tables of the t distribution. */
    @ParameterizedTest
    @CsvSource({
        "1, 12.7062",
        "2, 4.30265",
        "9, 2.26216",
        "19, 2.09302",
        "27, 2.05183",
        "100, 1.98397",
        "100000, 1.95999"
    })
    void quantilesAreThoseOfTheTables(double degrees, double expected) {
        assertThat(StudentT.quantile(0.975, degrees)).isCloseTo(expected, within(1e-4));
        assertThat(StudentT.twoSided(expected, degrees)).isCloseTo(0.05, within(1e-5));
    }

    @Test
    void oneDegreeOfFreedomIsTheCauchyDistribution() {
        for (double t : new double[] {0.1, 1, 3, 40}) {
            assertThat(StudentT.twoSided(t, 1)).isCloseTo(1 - 2 / Math.PI * Math.atan(t), within(1e-9));
        }
    }

    @Test
    void momentsAreThoseOfTheDefinition() {
        Moments moments = new Moments();
        for (double value : new double[] {2, 4, 4, 4, 5, 5, 7, 9, Double.NaN}) {
            moments.add(value);
        }
        assertThat(moments.count()).isEqualTo(8);
        assertThat(moments.mean()).isEqualTo(5);
        assertThat(moments.standardDeviation()).isCloseTo(Math.sqrt(32.0 / 7), within(1e-12));
        assertThat(moments.halfWidth()).isCloseTo(2.364624 * Math.sqrt(32.0 / 7 / 8), within(1e-5));
    }

    @Test
    void oneValueHasNoInterval() {
        Moments moments = new Moments();
        moments.add(3);
        assertThat(moments.halfWidth()).isInfinite();
        assertThat(moments.pValue()).isNaN();
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 1", "5, 5, 1", "10, 0, 0.001953125", "9, 1, 0.021484375", "1, 9, 0.021484375", "2000, 0, 0"})
    void signTestIsTheBinomialOne(long wins, long losses, double expected) {
        assertThat(SignTest.pValue(wins, losses)).isCloseTo(expected, within(1e-9));
    }
}
