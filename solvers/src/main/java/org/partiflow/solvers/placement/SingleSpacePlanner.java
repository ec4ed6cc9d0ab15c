package org.partiflow.solvers.placement;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.Objective;
import org.partiflow.api.PlanningRequest;
import org.partiflow.api.control.PlanningPhase;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.result.PlanningResult;
import org.partiflow.api.spi.Planner;

/** A planner that searches one space. Stateless and thread-safe. */
abstract class SingleSpacePlanner implements Planner {
    private final SearchSpace space;

    SingleSpacePlanner(SearchSpace space) {
        this.space = space;
    }

    @Override
    public String name() {
        return space.name();
    }

    @Override
    public PlanningResult plan(PlanningRequest request) {
        return DegreeRounds.plan(request, this::plan);
    }

    private PlanningResult plan(Search search) {
        Layout best = search.best(space, List.of(), true);
        return finish(search, best == null ? List.of() : List.of(best), generator());
    }

    /** What plans say made them. */
    String generator() {
        return name();
    }

    /** The best layout as a plan, or why there is none. */
    static PlanningResult finish(Search search, List<Layout> found, String planner) {
        @Nullable Layout best = found.isEmpty() ? null : Search.ranked(found).get(0);
        if (best == null) {
            return Infeasibility.explain(search.request.problem());
        }
        double required = search.request.options().requiredRate();
        double reached = best.allocation().requestsPerSecond();
        if (search.request.options().objective() == Objective.COST && reached < required * (1 - 1e-9)) {
            return new PlanningResult.Infeasible(
                    String.format(
                            Locale.ROOT,
                            "the best plan found serves %.4g of the required %.4g requests/s; no plan serves more than "
                                    + "%.4g",
                            reached,
                            required,
                            search.bound.requestsPerSecond()),
                    0);
        }
        try (PlanningPhase phase = PlanningPhase.begin("certify", search.budget)) {
            PlanBuilder builder = new PlanBuilder(search, planner);
            ServingPlan plan = builder.build(ReplayChoice.among(found, search, builder));
            phase.found(plan.throughput().requestsPerSecond());
            return new PlanningResult.Planned(plan);
        }
    }
}
