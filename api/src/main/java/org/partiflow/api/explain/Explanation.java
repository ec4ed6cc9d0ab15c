package org.partiflow.api.explain;

import java.util.List;

/**
 * Why a plan is as it is. Every figure is solved for, none is estimated from prices of the cut. Immutable.
 *
 * @param planRequestsPerSecond throughput of the plan
 * @param searchedRequestsPerSecond what as much further search as each question was given reaches from the plan on the
 *     unchanged cluster, at least the plan's throughput; the gains are counted from here, so that none is owed to search
 * @param bottleneck what limits the plan
 * @param whatIfs questions about other hardware and their answers, the largest gain first
 * @param alternatives plans of other methods, the best first
 * @param strategies for each kind of group, the strategies that were not chosen
 */
public record Explanation(
        double planRequestsPerSecond,
        double searchedRequestsPerSecond,
        Bottleneck bottleneck,
        List<WhatIf> whatIfs,
        List<RejectedAlternative> alternatives,
        List<GroupChoice> strategies) {
    /** Copies the lists. */
    public Explanation {
        whatIfs = List.copyOf(whatIfs);
        alternatives = List.copyOf(alternatives);
        strategies = List.copyOf(strategies);
    }

    /**
     * What limits a plan.
     *
     * @param minCut ids of groups, routes and shared links, as in the plan's certificate
     * @param prefillUse planned rate over capacity of all prefill groups together; 0 if there are none
     * @param decodeUse the same of the decode groups
     */
    public record Bottleneck(List<String> minCut, double prefillUse, double decodeUse) {
        /** Copies the list. */
        public Bottleneck {
            minCut = List.copyOf(minCut);
        }
    }

    /** What is changed. */
    public enum Change {
        /** One more GPU in a node. */
        MORE_GPU,
        /** A network interface, zone link, cable or link inside nodes twice as fast. */
        FASTER_LINK
    }

    /**
     * An answer about other hardware.
     *
     * @param change what kind of change
     * @param subject what is changed: a GPU type, or the link's class
     * @param where node, nodes or zones that are changed
     * @param requestsPerSecond throughput of the best plan found for the changed cluster, at least the unchanged one's
     * @param gainRequestsPerSecond what the change brings, not negative
     * @param usdPerHour what the change costs where that is known (one more GPU); 0 otherwise
     */
    public record WhatIf(
            Change change,
            String subject,
            String where,
            double requestsPerSecond,
            double gainRequestsPerSecond,
            double usdPerHour) {}

    /**
     * A plan of another method.
     *
     * @param planner its planner
     * @param requestsPerSecond its throughput; 0 if it found none
     * @param bottleneck what limits it
     * @param unusedGpus GPUs that it leaves unused
     */
    public record RejectedAlternative(
            String planner, double requestsPerSecond, Bottleneck bottleneck, int unusedGpus) {}

    /**
     * What was tried for a kind of group: groups of the same GPUs and phase share an entry.
     *
     * @param groups ids of the groups
     * @param trials the chosen strategy first, then the others, the best first
     */
    public record GroupChoice(List<String> groups, List<StrategyTrial> trials) {
        /** Copies the lists. */
        public GroupChoice {
            groups = List.copyOf(groups);
            trials = List.copyOf(trials);
        }
    }
}
