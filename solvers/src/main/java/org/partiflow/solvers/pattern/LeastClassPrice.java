package org.partiflow.solvers.pattern;

import java.util.List;

/**
 * The least price of fractions of patterns that serve a rate Q, by Lagrange: for any worth m of a request per second, a plan
 * costs at least m Q - max over the pattern LP of (m R - cost), concave in m. The maximum is approached by secants between a
 * point that serves too much and one that serves too little; every step is a valid bound, whatever the simplex ends with,
 * since {@link PriceBound} proves it. Stateless.
 */
final class LeastClassPrice {
    private static final int STEPS = 8;
    private static final double CLOSE = 1e-4;

    private LeastClassPrice() {}

    private record Point(double rate, double usd) {}

    /**
     * USD per hour; 0 if nothing is proven, infinite if the LP cannot serve the rate.
     *
     * @param usdPerGpu price of a GPU of each class
     */
    static double of(PatternLp lp, List<PatternColumns.Column> columns, double[] usdPerGpu, double required) {
        PatternLp.Solution most = lp.solve();
        if (most.bound() < required) {
            return Double.POSITIVE_INFINITY;
        }
        Point enough = new Point(most.bound(), usd(most, columns, usdPerGpu));
        Point less = new Point(0, 0);
        double best = 0;
        for (int step = 0; step < STEPS; step++) {
            double worth = (enough.usd - less.usd) / (enough.rate - less.rate);
            if (!(worth > 0)) {
                break;
            }
            PatternLp.Solution solution = lp.solve(worth, usdPerGpu);
            best = Math.max(best, worth * required - solution.bound());
            double usd = usd(solution, columns, usdPerGpu);
            Point point = new Point((solution.bound() + usd) / worth, usd);
            // No plan at this worth is better than the secant's: the maximum is met.
            double secant = worth * enough.rate - enough.usd;
            if (solution.bound() - secant <= CLOSE * worth * required) {
                break;
            }
            if (point.rate >= required) {
                enough = point;
            } else {
                less = point;
            }
        }
        return best;
    }

    private static double usd(PatternLp.Solution solution, List<PatternColumns.Column> columns, double[] usdPerGpu) {
        double sum = 0;
        for (int j = 0; j < columns.size(); j++) {
            PatternColumns.Column column = columns.get(j);
            for (int i = 0; i < column.classes().length; i++) {
                sum += solution.multiplicity()[j] * column.gpus()[i] * usdPerGpu[column.classes()[i]];
            }
        }
        return sum;
    }
}
