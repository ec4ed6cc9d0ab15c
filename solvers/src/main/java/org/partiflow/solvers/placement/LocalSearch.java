package org.partiflow.solvers.placement;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.PlanningOptions.Refinement;
import org.partiflow.solvers.network.Group;
import org.partiflow.solvers.network.Groups;
import org.partiflow.solvers.strategy.GpuSet;

/**
 * Refinement: iterated local search. A descent takes the first move that improves, in the order of {@link Guidance},
 * or the best of all ({@link HexGen2Options.Acceptance}), until none does. Every start is descended; then the best layouts
 * are shaken by a few random moves and descended again until nothing is gained for long. The best layout never gets worse.
 *
 * <p>Moves that cannot improve whatever the flow would be, and layouts that were valued before, cost no flow; whether they
 * count as evaluations is a choice ({@link HexGen2Options.Count}). Not thread-safe; deterministic in the seed.
 */
final class LocalSearch {
    private static final int PROPOSALS_PER_UNIT = 64;

    private final Evaluator evaluator;
    private final Predicate<GpuSet> allowed;
    private final SearchSpace space;
    private final Refinement refinement;
    private final SplittableRandom random;
    private final Guidance guidance;
    private final Neighbourhood neighbourhood;
    private final Set<Long> valued = new HashSet<>();
    private final long end;
    private @Nullable Layout best;
    private Consumer<Layout> improved = layout -> {};

    /**
     * @param allowed which groups a descent may make
     */
    LocalSearch(
            Evaluator evaluator,
            Groups groups,
            SearchSpace space,
            Refinement refinement,
            Predicate<GpuSet> allowed,
            long seed) {
        this.allowed = allowed;
        this.evaluator = evaluator;
        this.space = space;
        this.refinement = refinement;
        random = new SplittableRandom(seed);
        guidance = new Guidance(evaluator, refinement, space.choices(), random);
        neighbourhood = new Neighbourhood(groups, space.phases());
        end = evaluator.work() + space.evaluations();
    }

    /** The best layout reached from any of the starts, of which there is at least one; the listener hears of the best start and
     * every improvement. */
    Layout refine(List<Layout> starts, Consumer<Layout> listener) {
        List<Layout> ranked = Search.ranked(starts);
        improved = listener;
        best = ranked.get(0);
        listener.accept(best);
        if (refinement == Refinement.NONE) {
            return ranked.get(0);
        }
        ranked = Search.ranked(ranked.stream().map(this::descend).distinct().toList());
        List<Layout> kept =
                new ArrayList<>(ranked.subList(0, Math.min(space.choices().shakenLayouts(), ranked.size())));
        int fruitless = 0;
        for (int turn = 0; fruitless < space.choices().shakesWithoutGain() && mayGoOn(); turn++) {
            // The best gets every second turn, the others share the rest.
            int index = turn % 2 == 0 ? 0 : (turn / 2) % kept.size();
            Layout candidate = descend(shaken(kept.get(index)));
            boolean leads = candidate.score().isBetterThan(kept.get(0).score());
            if (candidate.score().isBetterThan(kept.get(index).score())) {
                kept.set(index, candidate);
            }
            if (leads) {
                kept.set(index, kept.get(0));
                kept.set(0, candidate);
                fruitless = 0;
            } else {
                fruitless++;
            }
        }
        return kept.get(0);
    }

    /** The best local optimum below any of the starts, of which there is at least one. */
    Layout descendBest(List<Layout> starts) {
        return Search.ranked(starts.stream().map(this::descend).toList()).get(0);
    }

    private boolean mayGoOn() {
        return evaluator.work() < end && evaluator.budget().mayGoOn();
    }

    private Layout descend(Layout start) {
        Layout current = start;
        announce(current);
        while (mayGoOn()) {
            Layout next = improvement(current);
            if (next == null) {
                return current;
            }
            current = next;
            announce(current);
        }
        return current;
    }

    /** Tells of a layout if it is better than all before. */
    private void announce(Layout layout) {
        if (best != null && layout.score().isBetterThan(best.score())) {
            best = layout;
            improved.accept(layout);
        }
    }

    private @Nullable Layout improvement(Layout current) {
        long merges = (long) current.groups().size() * (current.groups().size() - 1) / 2;
        long least = merges * space.phases().size() / PROPOSALS_PER_UNIT;
        if (evaluator.work() + least >= end) {
            // Listing the moves would use up the work that is left, and take millions of objects for large clusters.
            evaluator.toil(least);
            return null;
        }
        List<Neighbourhood.Proposal> proposals = neighbourhood.proposals(current);
        evaluator.toil(proposals.size() / PROPOSALS_PER_UNIT);
        boolean any = space.choices().acceptance() == HexGen2Options.Acceptance.FIRST;
        MoveOrder order = guidance.order(current, proposals);
        @Nullable Layout found = null;
        while (order.hasNext() && mayGoOn()) {
            Layout next = better(found == null ? current : found, order.next(this::isAllowed), any);
            found = next == null ? found : next;
            if (found != null && any) {
                return found;
            }
        }
        return found;
    }

    /** The best of some candidates, or any that is better; {@code null} if none is better than the incumbent. */
    private @Nullable Layout better(Layout incumbent, List<WeighedMove> candidates, boolean any) {
        @Nullable Layout found = null;
        for (WeighedMove candidate : candidates) {
            Score toBeat = found == null ? incumbent.score() : found.score();
            if (!mayGoOn()) {
                return found;
            }
            if (candidate.atBest().isBetterThan(toBeat) && valued.add(candidate.key())) {
                Layout layout = evaluator.evaluate(candidate.groups(), candidate.pool());
                if (layout.score().isBetterThan(toBeat)) {
                    found = layout;
                    if (any) {
                        return found;
                    }
                }
            } else {
                evaluator.ruleOut(space.choices().count() == HexGen2Options.Count.MOVES);
            }
        }
        return found;
    }

    private boolean isAllowed(Move move) {
        return move.with().stream().allMatch(group -> allowed.test(group.set()));
    }

    private Layout shaken(Layout layout) {
        Layout current = layout;
        int moves = 1 + random.nextInt(space.choices().movesPerShake());
        for (int i = 0; i < moves; i++) {
            List<Neighbourhood.Proposal> proposals = neighbourhood.proposals(current);
            Move move =
                    proposals.get(random.nextInt(proposals.size())).realise().get();
            List<Group> changed = Layout.replaced(current.groups(), move.without(), move.with());
            if (!changed.isEmpty()) {
                current = evaluator.evaluate(changed, move.pool());
            }
        }
        return current;
    }
}
