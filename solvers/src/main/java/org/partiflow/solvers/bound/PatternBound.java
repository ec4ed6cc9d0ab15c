package org.partiflow.solvers.bound;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.partiflow.api.plan.Phase;

/**
 * The pattern bound: Lagrangian relaxation of the balance between prefill and decode over an exact packing of patterns.
 *
 * <p>Let a plan's groups have prefill, decode and colocated rates a, d, c. Its flow is at most
 *
 * <pre>
 * min(sum a, sum d) + sum c  &lt;=  sum (l a) + sum ((1 - l) d) + sum c      for every l in [0, 1],
 * </pre>
 *
 * so with the weight w(p) = max(l a_p, (1 - l) d_p, c_p) of a pattern it is at most the heaviest packing of disjoint patterns into the
 * cluster, which dynamic programming over the counts of GPUs left on each node finds exactly:
 *
 * <pre>
 * F(v) = max( F(v without one GPU of its first node),  max over patterns p &lt;= v with that node of w(p) + F(v - p) ).
 * </pre>
 *
 * Hence F(all) bounds every plan of disjoint groups of any GPUs, in any phases, whatever its KV links, in which each group
 * uses the strategy that {@link org.partiflow.solvers.strategy.StrategySearch} picks for its GPUs and phase, and for any
 * objective that holds groups to less than their rates. It says nothing about plans with other strategies. F is convex and piecewise linear in l; its minimum is
 * found by intersecting the lines of the packings at both ends, and those packings are good starts. Reference for the
 * principle: Geoffrion 1974, doi:10.1007/BFb0120690. At least as tight as the linear program over fractional patterns.
 * O(sum over v of the number of p &lt;= v) time for each of a few values of l.
 */
public final class PatternBound {
    private static final int MOST_STEPS = 60;
    /** Far above the rounding of sums of some ten doubles. */
    private static final double ROUNDING_SLACK = 1e-9;

    private final PatternTable table;
    private final List<Phase> phases;
    private final double[] weight;
    private final Phase[] phaseOf;
    private final double[] best;
    private final int[] choice;

    private PatternBound(PatternTable table, List<Phase> phases) {
        this.table = table;
        this.phases = phases;
        weight = new double[table.size()];
        phaseOf = new Phase[table.size()];
        best = new double[table.size()];
        choice = new int[table.size()];
    }

    /** The bound on plans whose groups have only these phases. */
    public static UpperBound of(PatternTable table, List<Phase> phases) {
        return new PatternBound(table, phases).minimum();
    }

    /** A packing as a line in l: supply sides and colocated rate. */
    private record Line(double prefill, double decode, double colocated, List<UpperBound.Suggestion> packing) {
        double at(double l) {
            return l * prefill + (1 - l) * decode + colocated;
        }
    }

    private UpperBound minimum() {
        double low = 0;
        double high = 1;
        Line left = pack(low);
        Line right = pack(high);
        double least = Math.min(left.at(low), right.at(high));
        for (int step = 0; step < MOST_STEPS; step++) {
            // The minimum lies where the decode-rich packing on the left meets the prefill-rich one on the right.
            double slope = (left.prefill - left.decode) - (right.prefill - right.decode);
            if (left.prefill >= left.decode || right.prefill <= right.decode || slope >= 0) {
                break;
            }
            double l = Math.min(
                    high, Math.max(low, (right.decode + right.colocated - left.decode - left.colocated) / slope));
            Line middle = pack(l);
            double value = middle.at(l);
            least = Math.min(least, value);
            boolean meets = value <= left.at(l) * (1 + ROUNDING_SLACK);
            if (middle.prefill > middle.decode) {
                right = middle;
                high = l;
            } else {
                left = middle;
                low = l;
            }
            if (meets) {
                break;
            }
        }
        List<List<UpperBound.Suggestion>> packings = new ArrayList<>();
        packings.add(left.packing);
        if (!right.packing.equals(left.packing)) {
            packings.add(right.packing);
        }
        return new UpperBound(least * (1 + ROUNDING_SLACK), "patterns", packings);
    }

    /** The heaviest packing for a multiplier. */
    private Line pack(double l) {
        for (int pattern = 1; pattern < weight.length; pattern++) {
            weigh(pattern, l);
        }
        int[] digits = new int[table.nodes()];
        for (int v = 1; v < best.length; v++) {
            increment(digits);
            settle(v, digits);
        }
        return line();
    }

    private void weigh(int pattern, double l) {
        weight[pattern] = 0;
        phaseOf[pattern] = phases.get(0);
        for (Phase phase : phases) {
            double factor = phase == Phase.PREFILL ? l : phase == Phase.DECODE ? 1 - l : 1;
            double value = factor * table.rate(phase, pattern);
            if (value > weight[pattern]) {
                weight[pattern] = value;
                phaseOf[pattern] = phase;
            }
        }
    }

    /** Best value of the GPUs left over in {@code v}; {@code digits} are their counts by node. */
    private void settle(int v, int[] digits) {
        int first = 0;
        int unit = 1;
        while (digits[first] == 0) {
            unit *= table.radix(first++);
        }
        double most = best[v - unit];
        int chosen = 0;
        int[] taken = new int[digits.length];
        taken[first] = 1;
        int pattern = unit;
        while (pattern > 0) {
            double value = weight[pattern] + best[v - pattern];
            if (weight[pattern] > 0 && value > most) {
                most = value;
                chosen = pattern;
            }
            pattern = next(taken, digits, first, pattern);
        }
        best[v] = most;
        choice[v] = chosen;
    }

    /** The next pattern within {@code digits} that takes from node {@code first}; 0 after the last. */
    private int next(int[] taken, int[] digits, int first, int pattern) {
        int number = pattern;
        int unit = 1;
        for (int n = 0; n < first; n++) {
            unit *= table.radix(n);
        }
        for (int n = first; n < digits.length; n++) {
            if (taken[n] < digits[n]) {
                taken[n]++;
                return number + unit;
            }
            int least = n == first ? 1 : 0;
            number -= (taken[n] - least) * unit;
            taken[n] = least;
            unit *= table.radix(n);
        }
        return 0;
    }

    private void increment(int[] digits) {
        for (int n = 0; n < digits.length; n++) {
            if (++digits[n] < table.radix(n)) {
                return;
            }
            digits[n] = 0;
        }
    }

    private Line line() {
        double[] sums = new double[Phase.values().length];
        List<UpperBound.Suggestion> packing = new ArrayList<>();
        int[] units = new int[table.nodes()];
        Arrays.setAll(units, this::unit);
        int v = best.length - 1;
        while (v > 0) {
            int pattern = choice[v];
            if (pattern == 0) {
                v -= units[firstNode(v)];
            } else {
                sums[phaseOf[pattern].ordinal()] += table.rate(phaseOf[pattern], pattern);
                packing.add(new UpperBound.Suggestion(table.set(pattern), phaseOf[pattern]));
                v -= pattern;
            }
        }
        return new Line(
                sums[Phase.PREFILL.ordinal()], sums[Phase.DECODE.ordinal()], sums[Phase.COLOCATED.ordinal()], packing);
    }

    private int unit(int node) {
        int unit = 1;
        for (int n = 0; n < node; n++) {
            unit *= table.radix(n);
        }
        return unit;
    }

    private int firstNode(int v) {
        int rest = v;
        for (int n = 0; ; n++) {
            if (rest % table.radix(n) != 0) {
                return n;
            }
            rest /= table.radix(n);
        }
    }
}
