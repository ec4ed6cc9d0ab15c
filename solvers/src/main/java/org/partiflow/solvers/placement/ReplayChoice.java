package org.partiflow.solvers.placement;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import org.partiflow.api.Objective;
import org.partiflow.api.PlanningRequest;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.spi.PlanReplay;
import org.partiflow.api.spi.PlanReplay.Outcome;
import org.partiflow.api.spi.Strategies;
import org.partiflow.solvers.bound.Workers;

/**
 * The layout that becomes the plan. That is the best by score, unless a replay shows clearly that another one of nearly the
 * same flow serves more, or serves as much with clearly lower latency at the same flow (docs/adr/0018-replay-decides.md).
 *
 * @param layout the chosen one
 * @param notes why, if it is not the best by score
 */
record ReplayChoice(Layout layout, List<String> notes) {
    /** Flows that differ by less are decided by replay. */
    private static final double NEAR = 0.03;

    /** A layout and what its replay showed. */
    private record Contender(Layout layout, ReplayVerdict verdict) {}

    /**
     * Chooses.
     *
     * @param found at least one layout
     * @param builder makes plans to replay
     */
    static ReplayChoice among(List<Layout> found, Search search, PlanBuilder builder) {
        List<Layout> ranked = Search.ranked(found);
        ReplayChoice byScore = new ReplayChoice(ranked.get(0), List.of());
        List<Layout> near = near(ranked, search.request.options().replayTop());
        List<PlanReplay> replays = Strategies.all(PlanReplay.class);
        if (near.size() < 2
                || replays.isEmpty()
                || search.isLarge()
                || search.request.options().objective() == Objective.COST
                || !search.budget.mayGoOn()) {
            return byScore;
        }
        List<Optional<Outcome>> outcomes = outcomes(
                replays.get(0),
                search.request,
                near.stream().map(builder::draft).toList());
        if (outcomes.get(0).isEmpty()) {
            return byScore;
        }
        List<Contender> replayed = new ArrayList<>();
        for (int i = 0; i < near.size(); i++) {
            Layout layout = near.get(i);
            outcomes.get(i)
                    .ifPresent(o -> replayed.add(new Contender(
                            layout, new ReplayVerdict(layout.allocation().requestsPerSecond(), o))));
        }
        return best(replayed, search);
    }

    /** Replays side by side; each is a function of its plan. */
    private static List<Optional<Outcome>> outcomes(
            PlanReplay replay, PlanningRequest request, List<ServingPlan> drafts) {
        AtomicReferenceArray<Optional<Outcome>> outcomes = new AtomicReferenceArray<>(drafts.size());
        new Workers(Math.min(request.control().threads(), drafts.size()))
                .each(drafts.size(), () -> true, i -> outcomes.set(i, replay(replay, request, drafts.get(i))));
        // Without an outcome is what an interruption has left out.
        return IntStream.range(0, drafts.size())
                .mapToObj(i -> Optional.ofNullable(outcomes.get(i)).flatMap(outcome -> outcome))
                .toList();
    }

    /** Those of nearly the best flow, the same groups only once. */
    private static List<Layout> near(List<Layout> ranked, int most) {
        List<Layout> near = new ArrayList<>();
        double least = ranked.get(0).allocation().requestsPerSecond() * (1 - NEAR);
        for (Layout layout : ranked) {
            boolean again = near.stream()
                    .anyMatch(other -> other.groups().size() == layout.groups().size()
                            && other.groups().containsAll(layout.groups()));
            if (near.size() < most && !again && layout.allocation().requestsPerSecond() >= least) {
                near.add(layout);
            }
        }
        return near;
    }

    private static Optional<Outcome> replay(PlanReplay replay, PlanningRequest request, ServingPlan draft) {
        return replay.findOutcome(new PlanReplay.Request(
                request.problem(),
                request.costModel(),
                draft,
                request.options().seed(),
                request.control().cancellation()));
    }

    private static ReplayChoice best(List<Contender> replayed, Search search) {
        Contender first = replayed.get(0);
        Contender chosen = first;
        for (Contender next : replayed) {
            if (next.verdict.isClearlyBetterThan(chosen.verdict, first.verdict.flow())) {
                chosen = next;
            }
        }
        String words = chosen.verdict.against(first.verdict, search.nameOf(chosen.layout), search.nameOf(first.layout));
        return new ReplayChoice(
                chosen.layout, chosen.equals(first) ? List.of() : List.of("chosen by replay: " + words));
    }
}
