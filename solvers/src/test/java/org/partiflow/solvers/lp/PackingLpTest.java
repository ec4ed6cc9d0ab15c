package org.partiflow.solvers.lp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackingLpTest {
    @Test
    void solvesATextbookExample() {
        PackingLp.Builder lp = PackingLp.builder(4, 12, 18);
        lp.addColumn(3, new int[] {0, 2}, new double[] {1, 3});
        lp.addColumn(5, new int[] {1, 2}, new double[] {2, 2});
        PackingLpSolution solution = proven(lp.build());
        assertThat(solution.value()).isCloseTo(36, within(1e-9));
        assertThat(solution.x()).containsExactly(new double[] {2, 6}, within(1e-9));
        assertThat(solution.rowPrices()).containsExactly(new double[] {0, 1.5, 1}, within(1e-9));
    }

    @Test
    void respectsAndPricesUpperBounds() {
        PackingLp.Builder lp = PackingLp.builder(10);
        lp.addColumn(2, new int[] {0}, new double[] {1}, 3);
        lp.addColumn(1, new int[] {0}, new double[] {1});
        PackingLpSolution solution = proven(lp.build());
        assertThat(solution.x()).containsExactly(new double[] {3, 7}, within(1e-9));
        assertThat(solution.boundPrices()).containsExactly(new double[] {1, 0}, within(1e-9));
    }

    @Test
    void reportsAnUnboundedProgram() {
        PackingLp.Builder lp = PackingLp.builder(5);
        lp.addColumn(1, new int[] {0}, new double[] {-1});
        assertThat(lp.build().solve().status()).isEqualTo(LpStatus.UNBOUNDED);
        assertThat(PackingLp.builder().build().solve().status()).isEqualTo(LpStatus.OPTIMAL);
    }

    @Test
    void solvesBealesCyclingExample() {
        PackingLp.Builder lp = PackingLp.builder(0, 0, 1);
        lp.addColumn(0.75, new int[] {0, 1}, new double[] {0.25, 0.5});
        lp.addColumn(-150, new int[] {0, 1}, new double[] {-60, -90});
        lp.addColumn(0.02, new int[] {0, 1, 2}, new double[] {-0.04, -0.02, 1});
        lp.addColumn(-6, new int[] {0, 1}, new double[] {9, 3});
        assertThat(proven(lp.build()).value()).isCloseTo(0.05, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 1000, 1_000_000, 1_000_000_000_000L})
    void solvesThePatternBoundAtEveryUnit(long unit) {
        for (int seed = 0; seed < 30; seed++) {
            PackingLp lp = patternBound(new Random(seed), 6, 40, unit);
            assertThat(proven(lp).value()).isPositive();
        }
    }

    @Test
    void solvesLargePrograms() {
        PackingLp lp = Programs.packing(new Random(7), 200, 5000, 8);
        assertThat(proven(lp).value()).isPositive();
    }

    @Test
    void addsColumnsToTheLastOptimum() {
        PackingLp all = Programs.packing(new Random(3), 40, 400, 6);
        PackingLpSolver solver =
                new PackingLpSolver(PackingLp.builder(limits(all)).build());
        for (int j = 0; j < all.columns(); j++) {
            solver.addColumn(all.value(j), all.rowsOf(j), all.coefficientsOf(j), all.upper(j));
            if (j % 50 == 49) {
                PackingLpSolution now = solver.solve();
                assertThat(PackingCertificate.violations(solver.program(), now, LpTolerance.DEFAULT))
                        .isEmpty();
                assertThat(solver.solve().pivots()).isZero();
            }
        }
        double cold = proven(all).value();
        assertThat(solver.solve().value()).isCloseTo(cold, within(1e-8 * cold));
    }

    @Test
    void givesTheSameAnswerTwice() {
        PackingLp lp = Programs.packing(new Random(5), 30, 60, 5);
        assertThat(lp.solve().x()).isEqualTo(lp.solve().x());
    }

    @Test
    void namesWrongInput() {
        assertThatThrownBy(() -> PackingLp.builder(-1)).hasMessageContaining("row 0");
        PackingLp.Builder lp = PackingLp.builder(1, 1);
        assertThatThrownBy(() -> lp.addColumn(1, new int[] {2}, new double[] {1}))
                .hasMessageContaining("row 2");
        assertThatThrownBy(() -> lp.addColumn(1, new int[] {0, 0}, new double[] {1, 1}))
                .hasMessageContaining("twice");
        assertThatThrownBy(() -> lp.addColumn(Double.NaN, new int[0], new double[0]))
                .hasMessageContaining("NaN");
    }

    static PackingLpSolution proven(PackingLp lp) {
        PackingLpSolution solution = lp.solve();
        assertThat(PackingCertificate.violations(lp, solution, LpTolerance.DEFAULT))
                .isEmpty();
        return solution;
    }

    private static double[] limits(PackingLp lp) {
        double[] limits = new double[lp.rows()];
        Arrays.setAll(limits, lp::limit);
        return limits;
    }

    /** maximise R, R <= prefill and decode of the chosen patterns, patterns within the nodes. */
    private static PackingLp patternBound(Random random, int nodeKinds, int patterns, double unit) {
        double[] limits = new double[2 + nodeKinds];
        for (int i = 2; i < limits.length; i++) {
            limits[i] = 1 + random.nextInt(8);
        }
        PackingLp.Builder lp = PackingLp.builder(limits);
        lp.addColumn(1, new int[] {0, 1}, new double[] {1, 1});
        for (int p = 0; p < patterns; p++) {
            double rate = unit * (0.1 + random.nextDouble());
            lp.addColumn(
                    0, new int[] {p % 2, 2 + random.nextInt(nodeKinds)}, new double[] {-rate, 1 + random.nextInt(3)});
        }
        return lp.build();
    }
}
