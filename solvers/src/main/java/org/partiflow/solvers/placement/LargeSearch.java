package org.partiflow.solvers.placement;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.PlanningOptions.Refinement;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.plan.Phase;
import org.partiflow.solvers.network.Group;
import org.partiflow.solvers.strategy.GpuSet;

/**
 * The search of clusters with too many patterns to enumerate: starts cell by cell and from the bound's packings, then
 * large-neighbourhood search. Time and memory grow with the number of groups, not of pairs. Not thread-safe.
 */
final class LargeSearch {
    private static final int ATTEMPTS = 600;
    private static final int LEAST_ATTEMPTS = 40;
    private static final int PATIENCE = 150;
    /** Clusters up to this size get all attempts, larger ones fewer, as each takes longer. */
    private static final int GPUS_OF_ALL_ATTEMPTS = 384;

    private final Search search;
    private final SearchSpace space;
    private final PlanningProblem problem;
    private final Cells cells;
    private final GpuSet none;

    LargeSearch(Search search, SearchSpace space) {
        this.search = search;
        this.space = space;
        problem = search.request.problem();
        cells = new Cells(problem, search.classes, search.groups(), space.phases(), search::covers);
        none = GpuSet.empty(search.classes);
    }

    /**
     * The best layout, or {@code null} if none of the starts serves anything.
     *
     * @param refined whether the best start is refined
     */
    @Nullable
    Layout best(List<Layout> moreStarts, boolean refined) {
        List<Layout> layouts = new ArrayList<>(moreStarts);
        double price = 0.5;
        for (boolean mixed : new boolean[] {true, false}) {
            List<GpuSet> cut = CellCuts.of(problem.cluster(), search.classes, mixed);
            CellStarts starts = new CellStarts(cells, search.evaluator(), cut, none);
            add(starts.balanced(), layouts);
            price = mixed ? starts.balancedPrice() : price;
            if (space.phases().contains(Phase.PREFILL) && search.budget.mayGoOn()) {
                add(starts.selfSufficient(), layouts);
            }
        }
        if (layouts.isEmpty()) {
            return null;
        }
        Layout best = Search.ranked(layouts).get(0);
        search.report(best);
        if (!refined || search.request.options().refinement() == Refinement.NONE) {
            return best;
        }
        CellSearch refinement = new CellSearch(
                problem.cluster(),
                search.classes,
                cells,
                search.evaluator(),
                search.request.options().refinement(),
                search.request.options().seed(),
                price);
        int gpus = problem.cluster().gpuCount();
        int attempts =
                Math.max(LEAST_ATTEMPTS, Math.min(ATTEMPTS, (int) ((long) ATTEMPTS * GPUS_OF_ALL_ATTEMPTS / gpus)));
        return refinement.refine(best, attempts, PATIENCE);
    }

    private void add(List<Group> groups, List<Layout> layouts) {
        if (!groups.isEmpty()) {
            int[] counts = new int[problem.cluster().nodeCount()];
            for (int n = 0; n < counts.length; n++) {
                counts[n] = problem.cluster().node(n).count();
            }
            for (Group group : groups) {
                for (int i = 0; i < group.set().positions(); i++) {
                    counts[group.set().node(i)] -= group.set().count(i);
                }
            }
            layouts.add(search.evaluator().evaluate(groups, GpuSet.of(search.classes, counts)));
        }
    }
}
