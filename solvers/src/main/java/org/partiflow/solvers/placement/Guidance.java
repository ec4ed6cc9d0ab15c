package org.partiflow.solvers.placement;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.partiflow.api.PlanningOptions.Refinement;
import org.partiflow.api.plan.Phase;
import org.partiflow.solvers.network.Allocation;
import org.partiflow.solvers.network.Group;

/**
 * The order in which moves are tried. Random: in random order; hopeless are those that even the supply of the phases rules
 * out. Guided: first those that touch what the min cut names (a group in the bottleneck, an end of a full route, a group
 * that sends through a full link) together with a group that has slack, then those that touch the bottleneck at all, then
 * the rest, each in random order; of some at a time those first that promise most by the prices of the last flow
 * ({@link MoveBound}), and none that these rule out.
 */
final class Guidance {
    private final Evaluator evaluator;
    private final Refinement refinement;
    private final HexGen2Options choices;
    private final SplittableRandom random;

    Guidance(Evaluator evaluator, Refinement refinement, HexGen2Options choices, SplittableRandom random) {
        this.evaluator = evaluator;
        this.refinement = refinement;
        this.choices = choices;
        this.random = random;
    }

    MoveOrder order(Layout layout, List<Neighbourhood.Proposal> proposals) {
        List<Neighbourhood.Proposal> shuffled = shuffled(proposals);
        boolean countsMoves = choices.count() == HexGen2Options.Count.MOVES;
        if (refinement == Refinement.RANDOM) {
            return new MoveOrder(layout, shuffled, evaluator, null, 1, countsMoves);
        }
        Set<Group> bottleneck = bottleneck(layout);
        List<List<Neighbourhood.Proposal>> tiers = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (Neighbourhood.Proposal proposal : shuffled) {
            boolean tight = proposal.touches().stream().anyMatch(bottleneck::contains);
            boolean slack = proposal.touches().stream().anyMatch(group -> !bottleneck.contains(group));
            tiers.get(tight && slack ? 0 : tight ? 1 : 2).add(proposal);
        }
        List<Neighbourhood.Proposal> ordered = new ArrayList<>(proposals.size());
        tiers.forEach(ordered::addAll);
        return new MoveOrder(layout, ordered, evaluator, evaluator.bound(layout), choices.movesWeighed(), countsMoves);
    }

    /** Groups of the min cut, and those at the ends of tight routes and links. */
    private static Set<Group> bottleneck(Layout layout) {
        Allocation allocation = layout.allocation();
        Set<Group> groups = new HashSet<>();
        allocation.tightGroups().forEach(g -> groups.add(layout.groups().get(g)));
        for (Allocation.RouteFlow route : allocation.tightRoutes()) {
            groups.add(layout.groups().get(route.from()));
            groups.add(layout.groups().get(route.to()));
        }
        if (!allocation.tightLinks().isEmpty()) {
            // A full link is relieved from either end.
            layout.groups().stream().filter(g -> g.phase() != Phase.COLOCATED).forEach(groups::add);
        }
        return groups;
    }

    private List<Neighbourhood.Proposal> shuffled(List<Neighbourhood.Proposal> proposals) {
        List<Neighbourhood.Proposal> shuffled = new ArrayList<>(proposals);
        for (int i = shuffled.size() - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            Neighbourhood.Proposal moved = shuffled.get(i);
            shuffled.set(i, shuffled.get(j));
            shuffled.set(j, moved);
        }
        return shuffled;
    }
}
