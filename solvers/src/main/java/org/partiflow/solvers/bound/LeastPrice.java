package org.partiflow.solvers.bound;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.partiflow.api.plan.Phase;

/**
 * The least price of GPUs that could serve a rate. Every {@link Relaxation} bounds what any choice of GPUs can serve, not only
 * all of them, since its dynamic program settles every rest. So choices are taken by rising price; one is skipped if some
 * relaxation rules it out, if prices found for it by Dantzig and Wolfe's method do, or if branch and bound proves that no packing
 * of it reaches the rate ({@link PackingProof}). The first that remains is the bound: every cheaper choice is ruled out,
 * whether or not this one serves the rate. Covers what {@link PatternBound} covers. O(patterns x relaxations) and a limited
 * number of nodes. Not thread-safe.
 */
final class LeastPrice {
    private static final int MOST_RELAXATIONS = 60;
    private static final int PRICES_PER_CHOICE = 6;
    private static final long NODES_PER_CHOICE = 1_000;
    private static final long MOST_NODES = 20_000;
    /** A search costs as much as that many nodes before its first. */
    private static final long LEAST_CHARGE = 20;
    /** Plans may miss the rate by 1e-9 of it, as flows are rounded; sums round too. */
    private static final double SLACK = 1e-8;

    private final PatternTable table;
    private final LinkLoads loads;
    private final List<Phase> phases;
    private final List<Relaxation> relaxations;
    private final PackingProof proof;
    private long nodesLeft = MOST_NODES;

    /**
     * @param relaxations at least one; more are added
     */
    LeastPrice(PatternTable table, LinkLoads loads, List<Phase> phases, List<Relaxation> relaxations) {
        this.table = table;
        this.loads = loads;
        this.phases = phases;
        this.relaxations = relaxations;
        proof = new PackingProof(table, loads, phases, relaxations, Set.of());
    }

    /** USD per hour; infinite if no choice can serve the rate. */
    double of(double requestsPerSecond) {
        double rate = requestsPerSecond * (1 - SLACK);
        double[] usd =
                IntStream.range(0, table.size()).mapToDouble(table::usdPerHour).toArray();
        int[] byPrice = IntStream.range(0, table.size())
                .boxed()
                .sorted(Comparator.comparingDouble(v -> usd[v]))
                .mapToInt(Integer::intValue)
                .toArray();
        for (int v : byPrice) {
            if (mayServe(v, rate) && !isRuledOut(v, rate)) {
                return usd[v];
            }
        }
        return Double.POSITIVE_INFINITY;
    }

    private boolean mayServe(int v, double rate) {
        for (Relaxation relaxation : relaxations) {
            if (relaxation.completion(v) < rate) {
                return false;
            }
        }
        return true;
    }

    private boolean isRuledOut(int v, double rate) {
        List<LinkLoads.Flow> flows = new ArrayList<>();
        LinkLoads.Prices prices = new LinkLoads.Prices(0, 1.0 / 2, new double[loads.rows()]);
        for (int step = 0; step < PRICES_PER_CHOICE && relaxations.size() < MOST_RELAXATIONS; step++) {
            Relaxation relaxation = new Relaxation(table, loads, phases, prices.prefillPrice(), prices.rowPrices());
            relaxations.add(relaxation);
            if (relaxation.completion(v) < rate) {
                return true;
            }
            flows.add(loads.at(relaxation.heaviestPacking(v), relaxation));
            prices = loads.mixture(flows);
            if (prices.value() >= rate) {
                break;
            }
        }
        long nodes = Math.min(NODES_PER_CHOICE, nodesLeft);
        if (nodes <= 0) {
            return false;
        }
        PackingProof.Outcome outcome = proof.exceeds(rate, nodes, v);
        nodesLeft -= Math.max(LEAST_CHARGE, nodes - proof.nodesLeft());
        return outcome == PackingProof.Outcome.PROVEN;
    }
}
