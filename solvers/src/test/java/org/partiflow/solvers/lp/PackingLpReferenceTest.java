package org.partiflow.solvers.lp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.ojalgo.optimisation.Expression;
import org.ojalgo.optimisation.ExpressionsBasedModel;
import org.ojalgo.optimisation.Variable;

class PackingLpReferenceTest {
    @Test
    void agreesWithOjAlgo() {
        Random random = new Random(11);
        for (int round = 0; round < 100; round++) {
            PackingLp lp = Programs.packing(random, 2 + random.nextInt(12), 1 + random.nextInt(25), 2);
            double expected = ojAlgo(lp);
            assertThat(PackingLpTest.proven(lp).value()).isCloseTo(expected, within(1e-6 * (1 + expected)));
        }
    }

    @Test
    void agreesWithTheEnumerationOfVertices() {
        Random random = new Random(12);
        for (int round = 0; round < 300; round++) {
            PackingLp lp = Programs.packing(random, 2 + random.nextInt(2), 1 + random.nextInt(3), 2);
            double expected = bestVertex(lp);
            assertThat(PackingLpTest.proven(lp).value()).isCloseTo(expected, within(1e-7 * (1 + expected)));
        }
    }

    private static double ojAlgo(PackingLp lp) {
        ExpressionsBasedModel model = new ExpressionsBasedModel();
        Expression[] rows = new Expression[lp.rows()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = model.newExpression("row" + i).upper(lp.limit(i));
        }
        for (int j = 0; j < lp.columns(); j++) {
            Variable x = model.newVariable("x" + j).lower(0).weight(lp.value(j));
            if (Double.isFinite(lp.upper(j))) {
                x.upper(lp.upper(j));
            }
            for (int k = 0; k < lp.rowsOf(j).length; k++) {
                rows[lp.rowsOf(j)[k]].set(x, lp.coefficientsOf(j)[k]);
            }
        }
        return model.maximise().getValue();
    }

    /** Tries every choice of n tight constraints among rows, upper bounds and lower bounds. */
    private static double bestVertex(PackingLp lp) {
        int n = lp.columns();
        int m = lp.rows();
        double[][] left = new double[m + 2 * n][n];
        double[] right = new double[m + 2 * n];
        for (int j = 0; j < n; j++) {
            for (int k = 0; k < lp.rowsOf(j).length; k++) {
                left[lp.rowsOf(j)[k]][j] = lp.coefficientsOf(j)[k];
            }
            left[m + j][j] = 1;
            right[m + j] = lp.upper(j);
            left[m + n + j][j] = -1;
        }
        for (int i = 0; i < m; i++) {
            right[i] = lp.limit(i);
        }
        double best = 0;
        for (int set = 0; set < 1 << left.length; set++) {
            if (Integer.bitCount(set) == n) {
                best = Math.max(best, valueAt(lp, left, right, set));
            }
        }
        return best;
    }

    private static double valueAt(PackingLp lp, double[][] left, double[] right, int set) {
        int n = lp.columns();
        double[][] system = new double[n][n + 1];
        int used = 0;
        for (int i = 0; i < left.length; i++) {
            if ((set >> i & 1) == 1) {
                System.arraycopy(left[i], 0, system[used], 0, n);
                system[used++][n] = right[i];
            }
        }
        for (int c = 0; c < n; c++) {
            int pivot = c;
            for (int i = c; i < n; i++) {
                pivot = Math.abs(system[i][c]) > Math.abs(system[pivot][c]) ? i : pivot;
            }
            double[] held = system[c];
            system[c] = system[pivot];
            system[pivot] = held;
            if (Math.abs(system[c][c]) < 1e-12 || Double.isInfinite(system[c][n])) {
                return 0;
            }
            for (int i = 0; i < n; i++) {
                double times = i == c ? 0 : system[i][c] / system[c][c];
                for (int k = 0; times != 0 && k <= n; k++) {
                    system[i][k] -= times * system[c][k];
                }
            }
        }
        double value = 0;
        for (int i = 0; i < left.length; i++) {
            double sum = 0;
            for (int j = 0; j < n; j++) {
                sum += left[i][j] * system[j][n] / system[j][j];
            }
            if (!(sum <= right[i] + 1e-9 * (1 + right[i]))) {
                return 0;
            }
        }
        for (int j = 0; j < n; j++) {
            value += lp.value(j) * system[j][n] / system[j][j];
        }
        return value;
    }
}
