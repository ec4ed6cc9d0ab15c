package org.partiflow.solvers.bound;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.plan.Phase;

/**
 * Branch and bound over packings of patterns: proves that none reaches a target, or finds one that does. A packing's value
 * is min(sum a, sum d) + sum c, as in {@link PatternBound}, now without relaxing the balance. Completions are bounded by
 * the exact packings F of several multipliers; partial packings that leave the same GPUs are compared, and one that is
 * nowhere better than another is dropped. Deterministic; limited by a number of nodes. Not thread-safe.
 */
final class PackingProof {
    /** Partial packings remembered for each rest: more would cost more than they prune. */
    private static final int MOST_REMEMBERED = 64;

    private final PatternTable table;
    private final List<Phase> phases;
    private final double[] multipliers;
    private final double[][] completions;
    private final List<List<double[]>> seen;
    private final List<UpperBound.Suggestion> chosen = new ArrayList<>();
    private @Nullable List<UpperBound.Suggestion> found;
    private double target;
    private long nodesLeft;

    /**
     * @param multipliers values of l
     * @param completions for each of them, F of every rest
     */
    PackingProof(PatternTable table, List<Phase> phases, double[] multipliers, double[][] completions) {
        this.table = table;
        this.phases = phases;
        this.multipliers = multipliers;
        this.completions = completions;
        seen = new ArrayList<>();
        for (int v = 0; v < table.size(); v++) {
            seen.add(new ArrayList<>());
        }
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
        target = value;
        nodesLeft = mostNodes;
        found = null;
        chosen.clear();
        seen.forEach(List::clear);
        visit(table.size() - 1, 0, 0, 0);
        return found != null ? Outcome.EXCEEDED : nodesLeft > 0 ? Outcome.PROVEN : Outcome.OPEN;
    }

    /** The packing that exceeded the target. */
    List<UpperBound.Suggestion> packing() {
        return found == null ? List.of() : found;
    }

    private void visit(int v, double prefill, double decode, double colocated) {
        if (Math.min(prefill, decode) + colocated > target) {
            found = List.copyOf(chosen);
        }
        if (v == 0 || found != null || nodesLeft <= 0 || isDominated(v, prefill, decode, colocated)) {
            return;
        }
        nodesLeft--;
        PatternWalk walk = new PatternWalk(table, v);
        for (int pattern = walk.first(); pattern > 0 && found == null && nodesLeft > 0; pattern = walk.next()) {
            for (Phase phase : phases) {
                double rate = table.rate(phase, pattern);
                if (rate > 0) {
                    double p = prefill + (phase == Phase.PREFILL ? rate : 0);
                    double d = decode + (phase == Phase.DECODE ? rate : 0);
                    double c = colocated + (phase == Phase.COLOCATED ? rate : 0);
                    if (bound(v - pattern, p, d, c) > target) {
                        chosen.add(new UpperBound.Suggestion(table.set(pattern), phase));
                        visit(v - pattern, p, d, c);
                        chosen.remove(chosen.size() - 1);
                    }
                }
            }
        }
        int without = v - walk.unit();
        if (bound(without, prefill, decode, colocated) > target) {
            visit(without, prefill, decode, colocated);
        }
    }

    private double bound(int v, double prefill, double decode, double colocated) {
        double least = Double.POSITIVE_INFINITY;
        for (int m = 0; m < multipliers.length; m++) {
            double l = multipliers[m];
            least = Math.min(least, l * prefill + (1 - l) * decode + colocated + completions[m][v]);
        }
        return least;
    }

    private boolean isDominated(int v, double prefill, double decode, double colocated) {
        List<double[]> others = seen.get(v);
        for (double[] other : others) {
            if (other[0] >= prefill && other[1] >= decode && other[2] >= colocated) {
                return true;
            }
        }
        if (others.size() < MOST_REMEMBERED) {
            others.add(new double[] {prefill, decode, colocated});
        }
        return false;
    }
}
