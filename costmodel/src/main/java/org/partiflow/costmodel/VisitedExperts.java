package org.partiflow.costmodel;

import org.jspecify.annotations.Nullable;

/**
 * Routed experts of one layer as the busiest rank sees them: how many of its experts the tokens of a pass visit, and how
 * much of a token's work it has. Not falling in the tokens, and the ranks together see at least what one alone would.
 * Immutable; no allocation per call.
 */
final class VisitedExperts {
    private final double held;
    private final double perToken;
    private final boolean whole;
    private final double logMissed;
    private final @Nullable TokenTable table;

    private VisitedExperts(double held, double perToken, boolean whole, double logMissed, @Nullable TokenTable table) {
        this.held = held;
        this.perToken = perToken;
        this.whole = whole;
        this.logMissed = logMissed;
        this.table = table;
    }

    /** All experts alike, on {@code ranks} GPUs. */
    static VisitedExperts uniform(int experts, int active, int ranks, boolean whole) {
        double logMissed = Math.log1p(-(double) active / Math.max(1, experts));
        return new VisitedExperts((double) experts / ranks, (double) active / ranks, whole, logMissed, null);
    }

    /**
     * Experts with chances of their own.
     *
     * @param held chance that a token visits each expert, by rank
     * @param perToken the largest sum of a rank's chances
     */
    static VisitedExperts of(double[][] held, double perToken, boolean whole) {
        TokenTable most = TokenTable.of(tokens -> {
            double largest = 0;
            for (double[] chances : held) {
                largest = Math.max(largest, expected(chances, tokens));
            }
            return largest;
        });
        return new VisitedExperts(held[0].length, perToken, whole, 0, most);
    }

    private static double expected(double[] chances, double tokens) {
        double sum = 0;
        for (double chance : chances) {
            sum += 1 - Math.exp(tokens * Math.log1p(-chance));
        }
        return sum;
    }

    /** Expected number of distinct experts of the rank that {@code tokens} independent tokens visit. */
    double at(double tokens) {
        if (table == null) {
            return held * (1 - Math.exp(tokens * logMissed));
        }
        return tokens < 1 ? tokens * table.at(1) : Math.min(held, table.at(tokens));
    }

    /** Experts of the rank that one token visits, its share of the work. */
    double perToken() {
        return perToken;
    }

    /** Whether the rank holds whole experts; else all of them, cut by columns. */
    boolean whole() {
        return whole;
    }
}
