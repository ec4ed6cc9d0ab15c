package org.partiflow.solvers.placement;

import java.util.ArrayList;
import java.util.List;
import org.partiflow.api.PlanningRequest;
import org.partiflow.api.result.PlanningResult;
import org.partiflow.api.spi.Planner;

/**
 * The default planner: searches disaggregated plans, colocated plans, and mixed ones from the best of both, and returns
 * the best. Its certificate is the pattern bound, or the compute bound for clusters with too many patterns. Stateless and
 * thread-safe; deterministic unless a wall-time limit cuts it short.
 */
public final class PartiflowPlanner implements Planner {
    @Override
    public String name() {
        return "partiflow";
    }

    @Override
    public String description() {
        return "best of disaggregated, colocated and mixed plans: several partitions, pattern start, guided refinement";
    }

    @Override
    public PlanningResult plan(PlanningRequest request) {
        return DegreeRounds.plan(request, this::plan);
    }

    private PlanningResult plan(Search search) {
        List<Layout> found = new ArrayList<>();
        boolean proven = !search.isLarge() && quick(search, found);
        for (SearchSpace space : List.of(SearchSpace.DISAGGREGATED, SearchSpace.COLOCATED)) {
            Layout best = search.best(space, List.of(), !proven && !search.isLarge());
            if (best != null) {
                found.add(best);
            }
        }
        if (!proven) {
            Layout mixed = search.best(SearchSpace.MIXED, Search.ranked(found), true);
            if (mixed != null) {
                found.add(search.improvedByProof(mixed, SearchSpace.MIXED));
            }
        }
        return SingleSpacePlanner.finish(search, found, name());
    }

    /** From packings only; whether no plan can be better than the one found so. */
    private static boolean quick(Search search, List<Layout> found) {
        Layout first = search.bestPacking(SearchSpace.MIXED);
        if (first == null) {
            return false;
        }
        boolean atOnce = search.attains(first, search.bound);
        Layout best = atOnce ? first : search.improvedByProof(first, SearchSpace.MIXED);
        found.add(best);
        return atOnce || search.attains(best, search.boundAround(best));
    }
}
