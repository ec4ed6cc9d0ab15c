package org.partiflow.solvers.placement;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.PlanningOptions.Refinement;
import org.partiflow.solvers.network.Group;
import org.partiflow.solvers.network.Groups;

/**
 * Refinement: iterated local search. A descent takes the first move that improves, in the order of {@link Guidance},
 * until none does; then the best layout is shaken by a few random moves and descended again. The best layout never gets
 * worse. Not thread-safe; deterministic in the seed.
 */
final class LocalSearch {
    private static final int SHAKES_WITHOUT_GAIN = 12;
    private static final int MOVES_PER_SHAKE = 3;

    private final Evaluator evaluator;
    private final Groups groups;
    private final SearchSpace space;
    private final Refinement refinement;
    private final SplittableRandom random;
    private final Guidance guidance;
    private final long mostEvaluations;

    LocalSearch(
            Evaluator evaluator,
            Groups groups,
            SearchSpace space,
            Refinement refinement,
            long seed,
            long mostEvaluations) {
        this.evaluator = evaluator;
        this.groups = groups;
        this.space = space;
        this.refinement = refinement;
        this.mostEvaluations = mostEvaluations;
        random = new SplittableRandom(seed);
        guidance = new Guidance(refinement, random);
    }

    /** The best layout reached from {@code start}; hears of every improvement. */
    Layout refine(Layout start, Consumer<Layout> improved) {
        if (refinement == Refinement.NONE) {
            return start;
        }
        long end = evaluator.budget().evaluations() + mostEvaluations;
        Layout best = descend(start, end);
        int fruitless = 0;
        while (fruitless < SHAKES_WITHOUT_GAIN && mayGoOn(end)) {
            Layout candidate = descend(shaken(best), end);
            if (candidate.score().isBetterThan(best.score())) {
                best = candidate;
                fruitless = 0;
                improved.accept(best);
            } else {
                fruitless++;
            }
        }
        return best;
    }

    private boolean mayGoOn(long end) {
        return evaluator.budget().evaluations() < end && evaluator.budget().mayGoOn();
    }

    private Layout descend(Layout start, long end) {
        Layout current = start;
        while (mayGoOn(end)) {
            Layout next = firstImprovement(current, end);
            if (next == null) {
                return current;
            }
            current = next;
        }
        return current;
    }

    private @Nullable Layout firstImprovement(Layout current, long end) {
        Neighbourhood neighbourhood = new Neighbourhood(groups, space.phases());
        for (Neighbourhood.Proposal proposal : guidance.ordered(current, neighbourhood.proposals(current))) {
            if (!mayGoOn(end)) {
                return null;
            }
            Move move = proposal.realise().get();
            List<Group> changed = Layout.replaced(current.groups(), move.without(), move.with());
            Layout better = evaluator.improvement(current, changed, move.pool());
            if (better != null) {
                return better;
            }
        }
        return null;
    }

    private Layout shaken(Layout layout) {
        Layout current = layout;
        Neighbourhood neighbourhood = new Neighbourhood(groups, space.phases());
        for (int i = 0; i < MOVES_PER_SHAKE; i++) {
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
