package org.partiflow.solvers.lp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PackingCertificateTest {
    private static final PackingLp LP = lp();

    @Test
    void refusesWhatIsNotOptimal() {
        assertThat(violations(new double[] {1}, new double[] {2}, new double[] {0}, 3))
                .anyMatch(v -> v.contains("bound it by"));
        assertThat(violations(new double[] {3}, new double[] {3}, new double[] {0}, 9))
                .anyMatch(v -> v.startsWith("row 0 uses"));
        assertThat(violations(new double[] {2}, new double[] {1}, new double[] {0}, 6))
                .anyMatch(v -> v.contains("still gain"));
        assertThat(violations(new double[] {2}, new double[] {3}, new double[] {0}, 7))
                .anyMatch(v -> v.contains("reported"));
        assertThat(violations(new double[] {-1}, new double[] {3}, new double[] {0}, 6))
                .anyMatch(v -> v.startsWith("column 0 is"));
        assertThat(violations(new double[] {Double.NaN}, new double[] {3}, new double[] {0}, 6))
                .isNotEmpty();
        assertThat(violations(new double[] {2}, new double[] {3}, new double[] {0}, 6))
                .isEmpty();
    }

    @Test
    void provesProgramsWhoseUnitsSpreadOverEighteenPowersOfTen() {
        Random random = new Random(9);
        for (int round = 0; round < 100; round++) {
            PackingLp.Builder program =
                    PackingLp.builder(random.doubles(10, 1, 1e6).toArray());
            double[] rowUnit =
                    random.doubles(10, -3, 6).map(e -> Math.pow(10, e)).toArray();
            for (int j = 0; j < 40; j++) {
                int[] rows = random.ints(0, 10).distinct().limit(3).toArray();
                double columnUnit = Math.pow(10, 9 * random.nextDouble() - 3);
                double[] coefficients = random.doubles(3, 0.1, 1).toArray();
                for (int k = 0; k < 3; k++) {
                    coefficients[k] *= rowUnit[rows[k]] * columnUnit;
                }
                program.addColumn(random.nextDouble(), rows, coefficients);
            }
            PackingLpTest.proven(program.build());
        }
    }

    @Test
    void checksTheTolerances() {
        assertThatThrownBy(() -> new LpTolerance(-1, 0, 0)).hasMessageContaining("primal");
        assertThatThrownBy(() -> new LpTolerance(0, 0, 1)).hasMessageContaining("gap");
    }

    private static List<String> violations(double[] x, double[] prices, double[] boundPrices, double value) {
        return PackingCertificate.violations(
                LP, new PackingLpSolution(LpStatus.OPTIMAL, value, x, prices, boundPrices, 0), LpTolerance.DEFAULT);
    }

    private static PackingLp lp() {
        PackingLp.Builder program = PackingLp.builder(2);
        program.addColumn(3, new int[] {0}, new double[] {1});
        return program.build();
    }
}
