package org.partiflow.solvers.bound;

/**
 * Walks over the patterns that fit into a rest and take from its first node: every packing is met with its groups in one
 * order only. Not thread-safe.
 */
final class PatternWalk {
    private final int[] limit;
    private final int[] taken;
    private final int[] units;
    private final int first;
    private int pattern;

    /**
     * @param v number of the rest, above 0
     */
    PatternWalk(PatternTable table, int v) {
        int nodes = table.nodes();
        limit = new int[nodes];
        taken = new int[nodes];
        units = new int[nodes];
        int rest = v;
        int unit = 1;
        int firstNode = -1;
        for (int n = 0; n < nodes; n++) {
            units[n] = unit;
            limit[n] = rest % table.radix(n);
            rest /= table.radix(n);
            unit *= table.radix(n);
            if (firstNode < 0 && limit[n] > 0) {
                firstNode = n;
            }
        }
        first = firstNode;
    }

    /** Number of the pattern that is one GPU of the first node. */
    int unit() {
        return units[first];
    }

    /** The smallest pattern. */
    int first() {
        taken[first] = 1;
        pattern = units[first];
        return pattern;
    }

    /** The next pattern; 0 after the last. */
    int next() {
        for (int n = first; n < limit.length; n++) {
            if (taken[n] < limit[n]) {
                taken[n]++;
                pattern += units[n];
                return pattern;
            }
            int least = n == first ? 1 : 0;
            pattern -= (taken[n] - least) * units[n];
            taken[n] = least;
        }
        return 0;
    }
}
