package org.partiflow.solvers.placement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.partiflow.api.plan.Phase;
import org.partiflow.solvers.network.Group;
import org.partiflow.solvers.network.Groups;
import org.partiflow.solvers.strategy.GpuSet;

/**
 * The secondary partition: which groups prefill and which decode. For few groups every assignment is weighed by what its
 * slower side supplies; for many, the groups are sorted by how much better they prefill than decode and cut at every
 * place, which is optimal for divisible groups. Bandwidth between the two types is judged afterwards, by the flow, for
 * the best few. Stateless but for the groups it makes.
 */
final class PhaseAssignment {
    private static final int MOST_ENUMERATED = 10;
    private static final int KEPT = 4;

    private final Groups groups;
    private final List<Phase> phases;

    PhaseAssignment(Groups groups, List<Phase> phases) {
        this.groups = groups;
        this.phases = phases;
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
        candidates.sort(Comparator.<List<Group>>comparingDouble(Layout::ceiling).reversed());
        return candidates.subList(0, Math.min(KEPT, candidates.size()));
    }

    private void addSplits(List<GpuSet> sets, List<List<Group>> candidates) {
        if (sets.size() <= MOST_ENUMERATED) {
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
