package org.partiflow.solvers.genetic;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.PlanningRequest;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.result.PlanningResult;
import org.partiflow.api.spi.Planner;
import org.partiflow.solvers.placement.Candidate;
import org.partiflow.solvers.placement.Candidates;

/**
 * HexGen-2 with HexGen's genetic algorithm in place of the guided refinement (the ablation of arXiv 2502.07903): the
 * search starts from the same partitions as {@code hexgen2} and keeps prefill and decode apart. Stateless and thread-safe;
 * deterministic in the seed; the refinement option is not used.
 */
public final class HexGen2GaPlanner implements Planner {
    @Override
    public String name() {
        return "hexgen2-ga";
    }

    @Override
    public String description() {
        return "HexGen-2 refined by HexGen's genetic algorithm instead of guided moves: an ablation";
    }

    @Override
    public PlanningResult plan(PlanningRequest request) {
        Candidates candidates = new Candidates(request);
        List<Phase> phases = List.of(Phase.PREFILL, Phase.DECODE);
        List<Candidate> starts = candidates.fromPartitions(phases);
        if (!starts.isEmpty()) {
            candidates.noteAlternative("hexgen2, " + request.options().partitioner() + " unrefined", starts.get(0));
        }
        @Nullable Candidate best = new GeneticSearch(candidates, phases, GeneticSettings.PUBLISHED).best(starts);
        return candidates.finish(best, name());
    }
}
