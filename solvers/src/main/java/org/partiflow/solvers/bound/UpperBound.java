package org.partiflow.solvers.bound;

import java.util.List;
import org.partiflow.api.plan.Phase;
import org.partiflow.solvers.strategy.GpuSet;

/**
 * An upper bound on the throughput of any plan.
 *
 * @param requestsPerSecond no plan of the covered space is better
 * @param covers name of the covered space
 * @param packings sets of disjoint groups that attain the bound's relaxation: good starts; empty if it does not deal in
 *     groups
 */
public record UpperBound(double requestsPerSecond, String covers, List<List<Suggestion>> packings) {
    /** A group in a packing. */
    public record Suggestion(GpuSet set, Phase phase) {}

    /** Copies the lists. */
    public UpperBound {
        packings = packings.stream().map(List::copyOf).toList();
    }
}
