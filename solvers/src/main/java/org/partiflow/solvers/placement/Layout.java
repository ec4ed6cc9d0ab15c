package org.partiflow.solvers.placement;

import java.util.ArrayList;
import java.util.List;
import org.partiflow.api.plan.Phase;
import org.partiflow.solvers.network.Allocation;
import org.partiflow.solvers.network.Group;
import org.partiflow.solvers.strategy.GpuSet;

/**
 * A candidate plan during search: groups, what is left over, and how requests flow. Immutable.
 *
 * @param groups serving groups
 * @param pool GPUs in no group
 * @param allocation flow through the groups
 * @param score its worth
 */
record Layout(List<Group> groups, GpuSet pool, Allocation allocation, Score score) {
    Layout {
        groups = List.copyOf(groups);
    }

    /** Sum of the usable rates of the groups of a phase. */
    static double supply(List<Group> groups, Phase phase) {
        double sum = 0;
        for (Group group : groups) {
            if (group.phase() == phase) {
                sum += group.requestsPerSecond();
            }
        }
        return sum;
    }

    /** The most that any flow through these groups can reach. */
    static double ceiling(List<Group> groups) {
        return Math.min(supply(groups, Phase.PREFILL), supply(groups, Phase.DECODE)) + supply(groups, Phase.COLOCATED);
    }

    /** These groups without some, and with others. */
    static List<Group> replaced(List<Group> groups, List<Group> without, List<Group> with) {
        List<Group> result = new ArrayList<>(groups.size() + with.size());
        for (Group group : groups) {
            if (!without.contains(group)) {
                result.add(group);
            }
        }
        result.addAll(with);
        return result;
    }
}
