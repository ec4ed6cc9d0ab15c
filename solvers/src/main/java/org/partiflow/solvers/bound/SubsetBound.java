package org.partiflow.solvers.bound;

import java.util.ArrayList;
import java.util.List;
import org.partiflow.api.plan.Phase;

/**
 * What any choice of a cluster's GPUs can serve at most. The dynamic program of every {@link Relaxation} settles all rests,
 * so each one bounds every choice, not only all GPUs; the least over the relaxations met is kept. Choices are numbered as
 * patterns are. Covers what {@link PatternBound} covers, on the chosen GPUs. Not thread-safe.
 */
public final class SubsetBound {
    private static final int MOST_PRICES = 12;
    private static final double PRICED = 1e-4;
    /** Far above the rounding of sums of some ten doubles. */
    private static final double ROUNDING_SLACK = 1e-9;

    private final PatternTable table;
    private final LinkLoads loads;
    private final List<Phase> phases;
    private final double[] most;

    SubsetBound(PatternTable table, LinkLoads loads, List<Phase> phases, List<Relaxation> relaxations) {
        this.table = table;
        this.loads = loads;
        this.phases = phases;
        most = new double[table.size()];
        java.util.Arrays.fill(most, Double.POSITIVE_INFINITY);
        most[0] = 0;
        relaxations.forEach(this::learn);
    }

    /** Number of choices, the empty one (number 0) included; the last takes every GPU. */
    public int size() {
        return most.length;
    }

    /** Requests per second that no plan on these GPUs exceeds. */
    public double at(int choice) {
        return most[choice];
    }

    /** Looks for the prices that bound this choice best. O(some relaxations). */
    public void tighten(int choice) {
        List<LinkLoads.Flow> flows = new ArrayList<>();
        LinkLoads.Prices prices = new LinkLoads.Prices(0, 1.0 / 2, new double[loads.rows()]);
        for (int step = 0; step < MOST_PRICES; step++) {
            Relaxation relaxation = new Relaxation(table, loads, phases, prices.prefillPrice(), prices.rowPrices());
            learn(relaxation);
            flows.add(loads.at(relaxation.heaviestPacking(choice), relaxation));
            prices = loads.mixture(flows);
            if (most[choice] <= prices.value() * (1 + PRICED)) {
                break;
            }
        }
    }

    private void learn(Relaxation relaxation) {
        for (int v = 1; v < most.length; v++) {
            most[v] = Math.min(most[v], relaxation.completion(v) * (1 + ROUNDING_SLACK));
        }
    }
}
