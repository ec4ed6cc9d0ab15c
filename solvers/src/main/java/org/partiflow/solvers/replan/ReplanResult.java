package org.partiflow.solvers.replan;

import java.util.List;
import java.util.Optional;

/**
 * Outcome of replanning. Immutable.
 *
 * @param levels what every level that was tried comes to, least disruption first
 * @param chosen the level whose plan is taken; empty if none serves anything within the limits
 * @param reason why, in words
 * @param broken groups of the old plan that cannot go on, and why
 */
public record ReplanResult(
        List<LevelOutcome> levels, Optional<LevelOutcome> chosen, String reason, List<BrokenGroup> broken) {
    /**
     * A group that cannot go on.
     *
     * @param id its id in the old plan
     * @param reason why, in words
     */
    public record BrokenGroup(String id, String reason) {}

    /** Copies the lists. */
    public ReplanResult {
        levels = List.copyOf(levels);
        broken = List.copyOf(broken);
    }
}
