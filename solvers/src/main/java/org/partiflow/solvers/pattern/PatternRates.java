package org.partiflow.solvers.pattern;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.plan.Phase;
import org.partiflow.solvers.bound.Workers;
import org.partiflow.solvers.strategy.GpuSet;
import org.partiflow.solvers.strategy.GroupStrategy;
import org.partiflow.solvers.strategy.StrategySearch;

/**
 * The strategies of the patterns of a space in every phase. Patterns that differ in the zone only are alike: links within
 * a zone are the NICs, and nodes with links of their own are in classes of their own. Immutable.
 */
final class PatternRates {
    private static final Phase[] PHASES = Phase.values();

    final PatternSpace space;
    private final GroupStrategy[][] strategies;
    private final boolean overlapsPrefill;
    private final double fastestPrefill;

    private PatternRates(PatternSpace space, GroupStrategy[][] strategies, boolean overlapsPrefill) {
        this.space = space;
        this.strategies = strategies;
        this.overlapsPrefill = overlapsPrefill;
        fastestPrefill = overlapsPrefill ? fastest(strategies) : 0;
    }

    /** These rates and those of more groups, whose patterns join the space. */
    PatternRates with(List<GpuSet> groups, StrategySearch search) {
        GroupStrategy[][] more = Arrays.copyOf(strategies, strategies.length + groups.size());
        for (int g = 0; g < groups.size(); g++) {
            more[strategies.length + g] = searched(search, groups.get(g));
        }
        return new PatternRates(space.with(groups.stream().map(space::patternOf).toList()), more, overlapsPrefill);
    }

    private static GroupStrategy[] searched(StrategySearch search, GpuSet set) {
        return Arrays.stream(PHASES).map(phase -> search.best(phase, set)).toArray(GroupStrategy[]::new);
    }

    /** Seconds that a cache is reserved at least before its request decodes. */
    double leastStagingSeconds() {
        return fastestPrefill;
    }

    /**
     * Searches the strategies of all patterns; null if {@code mayGoOn} says to stop.
     *
     * @param overlapsPrefill whether decode groups reserve caches from the start of prefill
     */
    static @Nullable PatternRates of(
            PatternSpace space,
            StrategySearch search,
            boolean overlapsPrefill,
            Workers workers,
            BooleanSupplier mayGoOn) {
        List<ClassPattern> patterns = space.patterns();
        Map<List<Integer>, Integer> first = new HashMap<>();
        int[] alike = new int[patterns.size()];
        List<Integer> distinct = new ArrayList<>();
        for (int p = 0; p < alike.length; p++) {
            Integer known = first.putIfAbsent(looks(space.nodes(), patterns.get(p)), p);
            alike[p] = known == null ? p : known;
            if (known == null) {
                distinct.add(p);
            }
        }
        GroupStrategy[][] strategies = new GroupStrategy[alike.length][];
        boolean complete = workers.each(distinct.size(), mayGoOn, i -> {
            int p = distinct.get(i);
            strategies[p] = searched(search, representative(space.nodes(), patterns.get(p)));
        });
        if (!complete) {
            return null;
        }
        for (int p = 0; p < alike.length; p++) {
            strategies[p] = strategies[alike[p]];
        }
        return new PatternRates(space, strategies, overlapsPrefill);
    }

    GroupStrategy strategy(Phase phase, int pattern) {
        return strategies[pattern][phase.ordinal()];
    }

    /**
     * The most that a group of this pattern can do in any plan of the space, requests per second: for decode what is left
     * beside caches that are on their way from the fastest prefill group of all patterns.
     */
    double rate(Phase phase, int pattern) {
        GroupStrategy strategy = strategy(phase, pattern);
        if (phase != Phase.DECODE || fastestPrefill == 0 || !strategy.isFeasible()) {
            return strategy.requestsPerSecond();
        }
        return strategy.stagedRequestsPerSecond(fastestPrefill);
    }

    private static double fastest(GroupStrategy[][] strategies) {
        double fastest = Double.POSITIVE_INFINITY;
        for (GroupStrategy[] byPhase : strategies) {
            GroupStrategy prefill = byPhase[Phase.PREFILL.ordinal()];
            fastest = prefill.isFeasible() ? Math.min(fastest, prefill.latencySeconds()) : fastest;
        }
        return Double.isInfinite(fastest) ? 0 : fastest;
    }

    /** Looks and counts, part by part: in another order the stages would be another pipeline. */
    private static List<Integer> looks(ClassNodes nodes, ClassPattern pattern) {
        List<Integer> looks = new ArrayList<>();
        for (int i = 0; i < pattern.parts(); i++) {
            looks.add(nodes.look(pattern.classes()[i]));
            looks.add(pattern.counts()[i]);
        }
        return looks;
    }

    /** A group of this pattern, on the largest nodes of each class. */
    static GpuSet representative(ClassNodes nodes, ClassPattern pattern) {
        int[] counts = new int[nodes.cluster.nodeCount()];
        int place = 0;
        for (int i = 0; i < pattern.parts(); i++) {
            boolean same = i > 0 && pattern.classes()[i] == pattern.classes()[i - 1];
            place = same ? place + 1 : 0;
            counts[nodes.nodes(pattern.classes()[i]).get(place)] = pattern.counts()[i];
        }
        return GpuSet.of(nodes.classes, counts);
    }
}
