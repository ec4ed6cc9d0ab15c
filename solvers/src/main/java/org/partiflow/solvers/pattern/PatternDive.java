package org.partiflow.solvers.pattern;

import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.partiflow.solvers.bound.UpperBound;

/**
 * From the pattern LP to groups on nodes, by diving: the whole parts of the solution are placed, the LP is solved again for
 * what is left, and when no column has a whole part, the largest fraction that fits is rounded up. At most as many LPs as
 * the residual has groups. Deterministic: ties go to the first column. Stateless.
 */
final class PatternDive {
    private static final double WHOLE = 1 - 1e-6;
    private static final double NOTHING = 1e-6;

    private PatternDive() {}

    /** Disjoint groups; fewer if {@code mayGoOn} says to stop. */
    static List<UpperBound.Suggestion> groups(
            PatternSpace space, ClassLinks links, List<PatternColumns.Column> columns, BooleanSupplier mayGoOn) {
        Stock stock = new Stock(space);
        List<PatternColumns.Column> candidates = columns;
        while (!candidates.isEmpty() && mayGoOn.getAsBoolean()) {
            double[] x = new PatternLp(links, candidates, stock).solve().multiplicity();
            if (placeWholes(stock, candidates, x) == 0 && !placeLargest(stock, candidates, x)) {
                break;
            }
            candidates = candidates.stream().filter(stock::fits).toList();
        }
        return stock.placed();
    }

    private static int placeWholes(Stock stock, List<PatternColumns.Column> columns, double[] x) {
        int placed = 0;
        for (int j : byFalling(x)) {
            for (double left = x[j]; left >= WHOLE && stock.place(columns.get(j)); left--) {
                placed++;
            }
        }
        return placed;
    }

    private static boolean placeLargest(Stock stock, List<PatternColumns.Column> columns, double[] x) {
        for (int j : byFalling(x)) {
            if (x[j] > NOTHING && stock.place(columns.get(j))) {
                return true;
            }
        }
        return false;
    }

    private static int[] byFalling(double[] x) {
        return IntStream.range(0, x.length)
                .boxed()
                .filter(j -> x[j] > NOTHING)
                .sorted(Comparator.comparingDouble(j -> -x[j]))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
