package org.partiflow.solvers.placement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.plan.Phase;
import org.partiflow.solvers.network.Group;
import org.partiflow.solvers.network.Groups;
import org.partiflow.solvers.strategy.GpuSet;

/**
 * The secondary partition: which groups prefill and which decode. For few groups every assignment is weighed by what its
 * slower side supplies (or by the bandwidth between the sides, {@link HexGen2Options.PhaseRule}); for many, the groups are sorted by how much better they prefill than decode and cut at every
 * place, which is optimal for divisible groups. Bandwidth between the two types is judged afterwards, by the flow, for
 * the best few. Stateless but for the groups it makes.
 */
final class PhaseAssignment {
    private final Groups groups;
    private final List<Phase> phases;
    private final HexGen2Options choices;
    private final Cluster cluster;

    PhaseAssignment(Cluster cluster, Groups groups, SearchSpace space) {
        this.cluster = cluster;
        this.groups = groups;
        phases = space.phases();
        choices = space.choices();
    }

    /** Some promising assignments, the best supplied first. */
    List<List<Group>> of(List<GpuSet> sets) {
        List<List<Group>> candidates = new ArrayList<>();
        if (phases.contains(Phase.COLOCATED)) {
            candidates.add(
                    sets.stream().map(set -> groups.of(set, Phase.COLOCATED)).toList());
        }
        if (phases.contains(Phase.PREFILL) && sets.size() >= 2) {
            addSplits(sets, candidates);
        }
        Comparator<List<Group>> order = Comparator.<List<Group>>comparingDouble(Layout::ceiling);
        if (choices.phaseRule() == HexGen2Options.PhaseRule.BANDWIDTH) {
            Map<List<Group>, Double> bandwidths = new IdentityHashMap<>();
            candidates.forEach(candidate -> bandwidths.put(candidate, usableBandwidth(candidate)));
            order = Comparator.<List<Group>>comparingDouble(c -> bandwidths.getOrDefault(c, 0.0))
                    .thenComparing(order);
        }
        candidates.sort(order.reversed());
        return candidates.subList(0, Math.min(choices.assignmentsKept(), candidates.size()));
    }

    /** Bytes per second between all pairs of prefill and decode GPUs; below zero if a side serves nothing. */
    private double usableBandwidth(List<Group> assigned) {
        if (Layout.ceiling(assigned) <= 0) {
            return -1;
        }
        double sum = 0;
        for (Group from : assigned) {
            for (Group to : assigned) {
                if (from.phase() == Phase.PREFILL && to.phase() == Phase.DECODE) {
                    sum += bandwidth(from.set(), to.set());
                }
            }
        }
        return sum;
    }

    private double bandwidth(GpuSet a, GpuSet b) {
        double sum = 0;
        for (int i = 0; i < a.positions(); i++) {
            for (int j = 0; j < b.positions(); j++) {
                int first = cluster.firstGpu(a.node(i));
                // Two groups on a node: it has at least two GPUs, all linked alike.
                int second = a.node(i) == b.node(j) ? first + 1 : cluster.firstGpu(b.node(j));
                sum += a.count(i) * b.count(j) * cluster.link(first, second).bytesPerSecond();
            }
        }
        return sum;
    }

    private void addSplits(List<GpuSet> sets, List<List<Group>> candidates) {
        if (sets.size() <= choices.enumeratedGroups()) {
            for (int mask = 1; mask < (1 << sets.size()) - 1; mask++) {
                candidates.add(assigned(sets, mask));
            }
            return;
        }
        List<GpuSet> sorted = new ArrayList<>(sets);
        sorted.sort(Comparator.comparingDouble(this::prefillAdvantage).reversed());
        for (int cut = 1; cut < sorted.size(); cut++) {
            List<Group> assigned = new ArrayList<>();
            for (int i = 0; i < sorted.size(); i++) {
                assigned.add(groups.of(sorted.get(i), i < cut ? Phase.PREFILL : Phase.DECODE));
            }
            candidates.add(assigned);
        }
    }

    private List<Group> assigned(List<GpuSet> sets, int mask) {
        List<Group> assigned = new ArrayList<>();
        for (int i = 0; i < sets.size(); i++) {
            assigned.add(groups.of(sets.get(i), (mask >> i & 1) == 1 ? Phase.PREFILL : Phase.DECODE));
        }
        return assigned;
    }

    private double prefillAdvantage(GpuSet set) {
        double prefill = groups.of(set, Phase.PREFILL).requestsPerSecond();
        double decode = groups.of(set, Phase.DECODE).requestsPerSecond();
        return prefill / (prefill + decode + Double.MIN_NORMAL);
    }
}
