package org.partiflow.solvers.bound;

import java.util.List;
import org.partiflow.api.plan.Phase;
import org.partiflow.solvers.strategy.GpuSet;

/**
 * An upper bound on the throughput of any plan.
 *
 * @param requestsPerSecond no plan of the covered space is better
 * @param covers name of the covered space
 * @param suggestions groups that the bound's solution uses most, best first; empty if it does not deal in groups
 */
public record UpperBound(double requestsPerSecond, String covers, List<Suggestion> suggestions) {
    /** A group that a fractional solution uses {@code amount} times. */
    public record Suggestion(GpuSet set, Phase phase, double amount) {}

    /** Copies the list. */
    public UpperBound {
        suggestions = List.copyOf(suggestions);
    }
}
