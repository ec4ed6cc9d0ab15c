package org.partiflow.solvers.genetic;

import java.util.List;
import org.partiflow.api.PlanningRequest;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.result.PlanningResult;
import org.partiflow.api.spi.Planner;
import org.partiflow.solvers.placement.Candidates;

/**
 * HexGen (Jiang et al., ICML 2024, arXiv 2311.11514): colocated groups with asymmetric tensor and pipeline parallelism,
 * found by its genetic algorithm with the settings of its published code. See {@code docs/algorithms/hexgen-ga.md} for
 * what differs. Stateless and thread-safe; deterministic in the seed; partitioner and refinement are not used.
 */
public final class HexGenGaPlanner implements Planner {
    @Override
    public String name() {
        return "hexgen-ga";
    }

    @Override
    public String description() {
        return "HexGen: colocated groups with asymmetric TP and PP, by its genetic algorithm";
    }

    @Override
    public PlanningResult plan(PlanningRequest request) {
        Candidates candidates = new Candidates(request);
        GeneticSearch search = new GeneticSearch(candidates, List.of(Phase.COLOCATED), GeneticSettings.PUBLISHED);
        return candidates.finish(search.best(List.of()), name());
    }
}
