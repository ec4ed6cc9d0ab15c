package org.partiflow.solvers.placement;

import java.util.ArrayList;
import java.util.List;
import org.partiflow.api.plan.Phase;
import org.partiflow.solvers.network.Group;
import org.partiflow.solvers.network.Groups;
import org.partiflow.solvers.strategy.GpuSet;

/**
 * All moves from a layout: flip a group's phase, move GPUs of one node between groups or the pool, swap GPUs, merge two
 * groups, split one. Listed in a fixed order. Groups are made (and their strategies searched) only when a move is
 * realised. Not thread-safe.
 */
final class Neighbourhood {
    private final Groups groups;
    private final List<Phase> phases;

    Neighbourhood(Groups groups, List<Phase> phases) {
        this.groups = groups;
        this.phases = phases;
    }

    /** A move that has not been worked out: which groups it touches, and how to realise it. */
    record Proposal(List<Group> touches, java.util.function.Supplier<Move> realise) {}

    List<Proposal> proposals(Layout layout) {
        List<Proposal> proposals = new ArrayList<>();
        for (Group group : layout.groups()) {
            addFlips(layout, group, proposals);
            addPoolMoves(layout, group, proposals);
            addSplits(layout, group, proposals);
            for (Group other : layout.groups()) {
                if (other != group) {
                    addTransfers(layout, group, other, proposals);
                    if (group.number() < other.number()) {
                        addSwaps(layout, group, other, proposals);
                        addMerges(layout, group, other, proposals);
                    }
                }
            }
        }
        addRevivals(layout, proposals);
        return proposals;
    }

    private void addFlips(Layout layout, Group group, List<Proposal> proposals) {
        for (Phase phase : phases) {
            if (phase != group.phase()) {
                proposals.add(new Proposal(
                        List.of(group),
                        () -> new Move(List.of(group), List.of(groups.of(group.set(), phase)), layout.pool())));
            }
        }
    }

    private void addPoolMoves(Layout layout, Group group, List<Proposal> proposals) {
        GpuSet set = group.set();
        for (int i = 0; i < set.positions(); i++) {
            int node = set.node(i);
            if (set.size() > 1) {
                proposals.add(new Proposal(
                        List.of(group),
                        () -> new Move(
                                List.of(group),
                                List.of(groups.of(set.plus(node, -1), group.phase())),
                                layout.pool().plus(node, 1))));
            }
        }
        for (int i = 0; i < layout.pool().positions(); i++) {
            int node = layout.pool().node(i);
            for (int amount : amounts(layout.pool().count(i))) {
                proposals.add(new Proposal(
                        List.of(group),
                        () -> new Move(
                                List.of(group),
                                List.of(groups.of(set.plus(node, amount), group.phase())),
                                layout.pool().plus(node, -amount))));
            }
        }
        proposals.add(new Proposal(
                List.of(group),
                () -> new Move(List.of(group), List.of(), layout.pool().plus(set))));
    }

    private void addTransfers(Layout layout, Group from, Group to, List<Proposal> proposals) {
        for (int i = 0; i < from.set().positions(); i++) {
            int node = from.set().node(i);
            for (int amount : amounts(from.set().count(i))) {
                if (amount < from.set().size()) {
                    proposals.add(new Proposal(
                            List.of(from, to),
                            () -> new Move(
                                    List.of(from, to),
                                    List.of(
                                            groups.of(from.set().plus(node, -amount), from.phase()),
                                            groups.of(to.set().plus(node, amount), to.phase())),
                                    layout.pool())));
                }
            }
        }
    }

    private void addSwaps(Layout layout, Group a, Group b, List<Proposal> proposals) {
        for (int i = 0; i < a.set().positions(); i++) {
            for (int j = 0; j < b.set().positions(); j++) {
                int nodeA = a.set().node(i);
                int nodeB = b.set().node(j);
                if (nodeA != nodeB) {
                    int all = Math.min(a.set().count(i), b.set().count(j));
                    for (int amount : amounts(all)) {
                        proposals.add(new Proposal(List.of(a, b), () -> swap(layout, a, b, nodeA, nodeB, amount)));
                    }
                }
            }
        }
    }

    private Move swap(Layout layout, Group a, Group b, int nodeA, int nodeB, int amount) {
        GpuSet newA = a.set().plus(nodeB, amount).plus(nodeA, -amount);
        GpuSet newB = b.set().plus(nodeA, amount).plus(nodeB, -amount);
        return new Move(List.of(a, b), List.of(groups.of(newA, a.phase()), groups.of(newB, b.phase())), layout.pool());
    }

    private void addMerges(Layout layout, Group a, Group b, List<Proposal> proposals) {
        for (Phase phase : phases) {
            proposals.add(new Proposal(
                    List.of(a, b),
                    () -> new Move(List.of(a, b), List.of(groups.of(a.set().plus(b.set()), phase)), layout.pool())));
        }
    }

    /** Splits off GPUs of one node, or the first nodes, into a group of its own. */
    private void addSplits(Layout layout, Group group, List<Proposal> proposals) {
        GpuSet set = group.set();
        List<GpuSet> parts = new ArrayList<>();
        for (int i = 0; i < set.positions(); i++) {
            for (int amount = 1; amount <= set.count(i) && amount < set.size(); amount++) {
                parts.add(part(set, i, amount));
            }
        }
        for (int cut = 2; cut < set.positions(); cut++) {
            GpuSet part = part(set, 0, set.count(0));
            for (int i = 1; i < cut; i++) {
                part = part.plus(set.node(i), set.count(i));
            }
            parts.add(part);
        }
        for (GpuSet part : parts) {
            for (Phase one : phases) {
                for (Phase other : phases) {
                    proposals.add(new Proposal(
                            List.of(group),
                            () -> new Move(
                                    List.of(group),
                                    List.of(groups.of(part, one), groups.of(minus(set, part), other)),
                                    layout.pool())));
                }
            }
        }
    }

    /** Makes a group of all that is left over. */
    private void addRevivals(Layout layout, List<Proposal> proposals) {
        if (layout.pool().size() > 0) {
            for (Phase phase : phases) {
                proposals.add(new Proposal(
                        List.of(),
                        () -> new Move(
                                List.of(),
                                List.of(groups.of(layout.pool(), phase)),
                                minus(layout.pool(), layout.pool()))));
            }
        }
    }

    private static GpuSet part(GpuSet set, int position, int amount) {
        GpuSet none = minus(set, set);
        return none.plus(set.node(position), amount);
    }

    static GpuSet minus(GpuSet set, GpuSet part) {
        GpuSet rest = set;
        for (int i = 0; i < part.positions(); i++) {
            rest = rest.plus(part.node(i), -part.count(i));
        }
        return rest;
    }

    private static int[] amounts(int available) {
        if (available <= 2) {
            return available == 1 ? new int[] {1} : new int[] {1, 2};
        }
        return available == 3 ? new int[] {1, 2, 3} : new int[] {1, 2, available / 2, available};
    }
}
