package org.partiflow.solvers.bound;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.plan.Phase;

/**
 * Branch and bound over packings of patterns: proves that none reaches a target, or finds one that does. A packing's value
 * is that of {@link LinkLoads#flow}: balance and link rows kept. Partial packings are bounded by every known
 * {@link Relaxation}; partial packings that leave the same GPUs are compared, and one that is nowhere better than another
 * is dropped. Where a packing passes all relaxations but its flow does not reach the target, the prices of its flow make
 * another relaxation, which it does not pass. Packings can be left out of the question; then nothing is dropped for being
 * nowhere better, since what is better may lead to those only. Deterministic; limited by a number of nodes. Not thread-safe.
 */
final class PackingProof {
    /** Partial packings remembered for each rest: more would cost more than they prune. */
    private static final int MOST_REMEMBERED = 64;
    /** Relaxations beyond these cost more than they prune. */
    private static final int MOST_RELAXATIONS = 120;

    private final PatternTable table;
    private final LinkLoads loads;
    private final List<Phase> phases;
    private final List<Relaxation> relaxations;
    private final Set<List<Integer>> excluded;
    private final List<List<double[]>> seen;
    private final int[] patterns;
    private final Phase[] chosenPhases;
    private final double[][] sums;
    private int depth;
    private int lastPruner;
    private @Nullable Packing found;
    private double target;
    private long nodesLeft;
    private boolean incomplete;

    /**
     * @param relaxations at least one; more are added as they are found
     * @param excluded keys of packings that do not count ({@link Packing#key}); may grow between searches
     */
    PackingProof(
            PatternTable table,
            LinkLoads loads,
            List<Phase> phases,
            List<Relaxation> relaxations,
            Set<List<Integer>> excluded) {
        this.table = table;
        this.loads = loads;
        this.phases = phases;
        this.relaxations = relaxations;
        this.excluded = excluded;
        seen = new ArrayList<>();
        for (int v = 0; v < table.size(); v++) {
            seen.add(new ArrayList<>());
        }
        int most = table.gpus() + 1;
        patterns = new int[most];
        chosenPhases = new Phase[most];
        sums = new double[most][MOST_RELAXATIONS];
    }

    /** What a search ended with. */
    enum Outcome {
        /** No packing exceeds the target. */
        PROVEN,
        /** One does. */
        EXCEEDED,
        /** The node limit was reached. */
        OPEN
    }

    Outcome exceeds(double value, long mostNodes) {
        return exceeds(value, mostNodes, table.size() - 1);
    }

    /** Whether a packing of the GPUs of rest {@code rest} exceeds a value. */
    Outcome exceeds(double value, long mostNodes, int rest) {
        target = value;
        nodesLeft = mostNodes;
        found = null;
        incomplete = false;
        depth = 0;
        seen.forEach(List::clear);
        if (reaches(rest)) {
            visit(rest);
        }
        return found != null ? Outcome.EXCEEDED : nodesLeft > 0 && !incomplete ? Outcome.PROVEN : Outcome.OPEN;
    }

    /** Nodes that the last search did not need. */
    long nodesLeft() {
        return nodesLeft;
    }

    /** The packing that exceeded the target. */
    Packing packing() {
        return found == null ? new Packing(List.of(), List.of()) : found;
    }

    private void visit(int v) {
        if (passes()) {
            examine();
        }
        if (v == 0 || found != null || nodesLeft <= 0 || !reaches(v) || isDominated(v)) {
            return;
        }
        nodesLeft--;
        PatternWalk walk = new PatternWalk(table, v);
        for (int pattern = walk.first(); pattern > 0 && found == null && nodesLeft > 0; pattern = walk.next()) {
            for (Phase phase : phases) {
                if (found == null && table.rate(phase, pattern) > 0 && reaches(v - pattern, phase, pattern)) {
                    push(pattern, phase);
                    visit(v - pattern);
                    depth--;
                }
            }
        }
        int without = v - walk.unit();
        if (found == null && reaches(without)) {
            visit(without);
        }
    }

    private void push(int pattern, Phase phase) {
        depth++;
        patterns[depth] = pattern;
        chosenPhases[depth] = phase;
        for (int m = 0; m < relaxations.size(); m++) {
            sums[depth][m] = sums[depth - 1][m] + relaxations.get(m).weight(phase, pattern);
        }
    }

    /** Whether some completion with one more group could exceed the target; the relaxation that last said no goes first. */
    private boolean reaches(int rest, Phase phase, int pattern) {
        double[] own = sums[depth];
        Relaxation last = relaxations.get(lastPruner);
        if (own[lastPruner] + last.weight(phase, pattern) + last.completion(rest) <= target) {
            return false;
        }
        for (int m = 0; m < relaxations.size(); m++) {
            Relaxation relaxation = relaxations.get(m);
            if (own[m] + relaxation.weight(phase, pattern) + relaxation.completion(rest) <= target) {
                lastPruner = m;
                return false;
            }
        }
        return true;
    }

    /** Whether some completion could exceed the target, as far as the relaxations know. */
    private boolean reaches(int v) {
        for (int m = 0; m < relaxations.size(); m++) {
            if (sums[depth][m] + relaxations.get(m).completion(v) <= target) {
                lastPruner = m;
                return false;
            }
        }
        return true;
    }

    /** Whether the packing as it is exceeds the target, as far as the relaxations know. */
    private boolean passes() {
        for (int m = 0; m < relaxations.size(); m++) {
            if (sums[depth][m] + relaxations.get(m).constant() <= target) {
                return false;
            }
        }
        return true;
    }

    private void examine() {
        List<Integer> chosen = new ArrayList<>();
        List<Phase> as = new ArrayList<>();
        for (int d = 1; d <= depth; d++) {
            chosen.add(patterns[d]);
            as.add(chosenPhases[d]);
        }
        Packing packing = new Packing(chosen, as);
        LinkLoads.Prices flow = loads.flow(packing);
        if (flow.value() > target) {
            found = excluded.contains(packing.key()) ? null : packing;
        } else {
            if (relaxations.size() < MOST_RELAXATIONS) {
                learn(new Relaxation(table, loads, phases, flow.prefillPrice(), flow.rowPrices()));
            }
            // A packing that still passes could hide a better one that it dominates.
            incomplete |= passes();
        }
    }

    private void learn(Relaxation relaxation) {
        int m = relaxations.size();
        relaxations.add(relaxation);
        for (int d = 1; d <= depth; d++) {
            sums[d][m] = sums[d - 1][m] + relaxation.weight(chosenPhases[d], patterns[d]);
        }
        seen.forEach(List::clear);
    }

    private boolean isDominated(int v) {
        if (!excluded.isEmpty()) {
            return false;
        }
        List<double[]> others = seen.get(v);
        double[] own = sums[depth];
        int size = relaxations.size();
        for (double[] other : others) {
            boolean dominates = true;
            for (int m = 0; m < size && dominates; m++) {
                dominates = other[m] >= own[m];
            }
            if (dominates) {
                return true;
            }
        }
        if (others.size() < MOST_REMEMBERED) {
            others.add(Arrays.copyOf(own, size));
        }
        return false;
    }
}
