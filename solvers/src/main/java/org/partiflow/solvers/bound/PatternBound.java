package org.partiflow.solvers.bound;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.plan.Phase;

/**
 * The pattern bound: Lagrangian relaxation of the balance between prefill and decode, and of what KV caches may cross the
 * borders of nodes and zones, over an exact packing of patterns.
 *
 * <p>Let a plan's groups carry the flows f. With a price l in [0, 1] for a request that is prefilled, 1 - l for one that is
 * decoded, and prices m_r &gt;= 0 of the link rows ({@link LinkRows}: sum a_rg f_g &lt;= C_r), its throughput is at most
 *
 * <pre>
 * sum over prefill (l - sum m_r a_rg) f_g + sum over decode (1 - l - sum m_r a_rg) f_g + sum over colocated f_g + sum m_r C_r,
 * </pre>
 *
 * because min(P, D) &lt;= l P + (1 - l) D and every row that is added is at least 0. No group's flow exceeds its rate, so its
 * term is at most its weight w = max(0, factor) x rate, and the sum of weights is at most the heaviest packing of disjoint
 * patterns into the cluster, which dynamic programming over the counts of GPUs left on each node finds exactly ({@link
 * Relaxation}). Hence a bound on every plan of disjoint groups of any GPUs, in any phases, in which each group uses the
 * strategy that {@link org.partiflow.solvers.strategy.StrategySearch} picks for its GPUs and phase, and for any objective
 * that holds groups to less than their rates. It says nothing about plans with other strategies. Ports inside nodes are
 * ignored.
 *
 * <p>The prices are found by Dantzig and Wolfe's method (1960, doi:10.1287/opre.8.1.101): the best mixture of known packings
 * gives prices, these give the heaviest packing, which joins the mixture. Then {@link BestPacking} looks for the single packing of
 * greatest flow, or proves that none beats the plan that was found by more than a small margin. For the principle: Geoffrion
 * 1974, doi:10.1007/BFb0120690. At least as tight as the linear program over fractional patterns. O(sum over v of the number
 * of p &lt;= v) time for each of some tens of prices. Not thread-safe.
 */
public final class PatternBound {
    private static final int MOST_PRICES = 40;
    private static final double PRICED = 1e-4;
    /** Relaxations whose bound is further than this from the least are forgotten. */
    private static final double KEPT = 0.15;

    /** Packings of the last prices, which start a search. */
    private static final int MOST_PACKINGS = 6;
    /** Far above the rounding of sums of some ten doubles. */
    private static final double ROUNDING_SLACK = 1e-9;

    private final PatternTable table;
    private final List<Phase> phases;
    private final LinkLoads loads;
    private final List<Relaxation> relaxations = new ArrayList<>();
    private final UpperBound relaxed;
    /** Number of relaxations that the minimisation kept. */
    private final int own;

    private double lastValue = Double.NaN;
    private UpperBound last;
    /** Made when it is first needed. */
    private @Nullable BestPacking best;

    /** The bound on plans whose groups have only these phases. */
    public PatternBound(PlanningProblem problem, PatternTable table, List<Phase> phases) {
        this.table = table;
        this.phases = phases;
        LinkLoads unlinked = new LinkLoads(table, LinkRows.none());
        double most = minimise(unlinked);
        LinkRows rows = new LinkRows(problem, most);
        loads = rows.count() == 0 ? unlinked : new LinkLoads(table, rows);
        double least = rows.count() == 0 ? most : Math.min(most, minimise(loads));
        List<List<UpperBound.Suggestion>> packings = relaxations.stream()
                .skip(Math.max(0, relaxations.size() - MOST_PACKINGS))
                .map(relaxation -> relaxation.heaviestPacking().groups(table))
                .distinct()
                .toList();
        relaxed = new UpperBound(least * (1 + ROUNDING_SLACK), "patterns", packings);
        last = relaxed;
        own = relaxations.size();
    }

    /** The relaxation's bound, with packings that start a search. */
    public UpperBound relaxed() {
        return relaxed;
    }

    /**
     * Tightens the bound around a plan that was found, by {@link BestPacking}.
     *
     * @param value throughput of the plan that was found, requests per second
     * @return the tightest bound that was proven, at most that of {@link #relaxed}; its packings are those that were found to
     *     be better than the plan, which only what the bound ignores prevents
     */
    public UpperBound around(double value) {
        if (value != lastValue) {
            lastValue = value;
            last = proven(value);
        }
        return last;
    }

    /**
     * A lower bound on the price of the GPUs of any plan that this bound covers and that serves a rate; see {@link LeastPrice}.
     *
     * @param requestsPerSecond the rate
     * @return USD per hour; infinite if no plan serves that much
     */
    public double leastUsdPerHour(double requestsPerSecond) {
        relaxations.subList(own, relaxations.size()).clear();
        double least = new LeastPrice(table, loads, phases, relaxations).of(requestsPerSecond);
        relaxations.subList(own, relaxations.size()).clear();
        lastValue = Double.NaN;
        return least;
    }

    /** Bounds on what any choice of the cluster's GPUs can serve, as tight as this one for all of them. */
    public SubsetBound subsets() {
        return new SubsetBound(table, loads, phases, relaxations.subList(0, own));
    }

    /** A search for packings that this bound would allow, without those with the given keys. */
    PackingSearch search(Set<List<Integer>> excluded) {
        relaxations.subList(own, relaxations.size()).clear();
        return new PackingSearch(table, new PackingProof(table, loads, phases, relaxations, excluded), excluded);
    }

    /** Whether a plan with a group of this pattern could be better than {@code value}, as far as the prices tell. */
    boolean mayImprove(double value, Phase phase, int pattern) {
        for (Relaxation relaxation : relaxations) {
            double most = relaxation.weight(phase, pattern) + relaxation.completion(table.size() - 1 - pattern);
            if (most <= value) {
                return false;
            }
        }
        return true;
    }

    private UpperBound proven(double value) {
        if (best == null) {
            best = new BestPacking(table, loads, phases, relaxations.subList(0, own), relaxed.requestsPerSecond());
        }
        BestPacking packings = best;
        packings.search(value);
        double bound = Math.min(relaxed.requestsPerSecond(), packings.bound() * (1 + ROUNDING_SLACK));
        return new UpperBound(
                bound,
                relaxed.covers(),
                packings.better(value).stream()
                        .map(packing -> packing.groups(table))
                        .toList());
    }

    /** The least bound over all prices, nearly; keeps the relaxations that came close to it. */
    private double minimise(LinkLoads rows) {
        List<LinkLoads.Flow> flows = new ArrayList<>();
        LinkLoads.Prices prices = new LinkLoads.Prices(0, 0.5, new double[rows.rows()]);
        double least = Double.POSITIVE_INFINITY;
        relaxations.clear();
        for (int step = 0; step < MOST_PRICES; step++) {
            Relaxation relaxation = new Relaxation(table, rows, phases, prices.prefillPrice(), prices.rowPrices());
            relaxations.add(relaxation);
            least = Math.min(least, relaxation.bound());
            flows.add(rows.at(relaxation.heaviestPacking(), relaxation));
            prices = rows.mixture(flows);
            if (least <= prices.value() * (1 + PRICED)) {
                break;
            }
        }
        double limit = least * (1 + KEPT);
        relaxations.removeIf(relaxation -> relaxation.bound() > limit);
        return least;
    }
}
