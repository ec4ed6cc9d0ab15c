package org.partiflow.solvers.bound;

import java.util.ArrayList;
import java.util.List;
import org.partiflow.api.plan.Phase;

/**
 * The groups that packings better than a target may be made of: patterns with phases, weighed by some relaxations. Left out are
 * those that are nowhere heavier than a part of themselves, than two groups that they can be cut into, or that no packing above
 * the target contains, as far as the relaxations know. For every packing there is one of the items that is left nowhere
 * lighter: replacing a group by a part or by two groups ends, as the GPUs in use get fewer or the groups more. Immutable.
 */
final class PackingItems {
    /** Cuts of patterns that are looked at: more would cost more than they prune. */
    private static final long MOST_CUTS = 2_000_000;

    private final PatternTable table;
    private final List<Phase> phases;
    private final List<Relaxation> relaxations;
    private final int[][] byFirstNode;
    private final int[] patterns;
    private final Phase[] as;
    private final double[] weights;

    /**
     * @param rest the GPUs that may be used
     * @param target packings that are not above it do not matter
     */
    PackingItems(PatternTable table, List<Phase> phases, List<Relaxation> relaxations, int rest, double target) {
        this.table = table;
        this.phases = phases;
        this.relaxations = relaxations;
        boolean cut = cuts() <= MOST_CUTS;
        List<Integer> kept = new ArrayList<>();
        List<Phase> keptAs = new ArrayList<>();
        for (int pattern = 1; pattern < table.size(); pattern++) {
            for (Phase phase : phases) {
                if (table.rate(phase, pattern) > 0
                        && table.isWithin(pattern, rest)
                        && mayExceed(target, phase, pattern, rest)
                        && !isReplaceable(phase, pattern, cut)) {
                    kept.add(pattern);
                    keptAs.add(phase);
                }
            }
        }
        patterns = kept.stream().mapToInt(Integer::intValue).toArray();
        as = keptAs.toArray(Phase[]::new);
        int dimensions = relaxations.size();
        weights = new double[patterns.length * dimensions];
        List<List<Integer>> byNode = new ArrayList<>();
        for (int n = 0; n < table.nodes(); n++) {
            byNode.add(new ArrayList<>());
        }
        for (int i = 0; i < patterns.length; i++) {
            byNode.get(table.firstNode(patterns[i])).add(i);
            for (int m = 0; m < dimensions; m++) {
                weights[i * dimensions + m] = relaxations.get(m).weight(as[i], patterns[i]);
            }
        }
        byFirstNode = byNode.stream()
                .map(items -> items.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
    }

    /** Items whose first node this is. */
    int[] of(int firstNode) {
        return byFirstNode[firstNode];
    }

    int pattern(int item) {
        return patterns[item];
    }

    Phase phase(int item) {
        return as[item];
    }

    int size() {
        return patterns.length;
    }

    /** Weights of all items, those of one side by side in the order of the relaxations. */
    double[] weights() {
        return weights;
    }

    private boolean mayExceed(double target, Phase phase, int pattern, int rest) {
        for (Relaxation relaxation : relaxations) {
            if (relaxation.weight(phase, pattern) + relaxation.completion(rest - pattern) <= target) {
                return false;
            }
        }
        return true;
    }

    /** Number of pairs of a pattern and a part of it. */
    private long cuts() {
        long cuts = 1;
        for (int n = 0; n < table.nodes(); n++) {
            cuts *= (long) table.radix(n) * (table.radix(n) + 1) / 2;
            if (cuts > MOST_CUTS) {
                return cuts;
            }
        }
        return cuts;
    }

    private boolean isReplaceable(Phase phase, int pattern, boolean cut) {
        int unit = 1;
        int rest = pattern;
        for (int n = 0; n < table.nodes(); n++) {
            if (rest % table.radix(n) > 0 && isReplaceable(phase, pattern, pattern - unit, 0)) {
                return true;
            }
            rest /= table.radix(n);
            unit *= table.radix(n);
        }
        if (cut) {
            PatternWalk walk = new PatternWalk(table, pattern);
            for (int part = walk.first(); part > 0; part = walk.next()) {
                if (part < pattern && isReplaceable(phase, pattern, part, pattern - part)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether two patterns, both in some phase, are at least as heavy everywhere. */
    private boolean isReplaceable(Phase phase, int pattern, int one, int other) {
        for (Phase replacing : phases) {
            boolean heavier = true;
            for (int m = 0; m < relaxations.size() && heavier; m++) {
                Relaxation relaxation = relaxations.get(m);
                heavier = relaxation.weight(replacing, one) + relaxation.weight(replacing, other)
                        >= relaxation.weight(phase, pattern);
            }
            if (heavier) {
                return true;
            }
        }
        return false;
    }
}
