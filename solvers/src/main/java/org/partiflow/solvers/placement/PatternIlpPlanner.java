package org.partiflow.solvers.placement;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.Objective;
import org.partiflow.api.PlanningRequest;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.result.PlanningResult;
import org.partiflow.api.spi.Planner;
import org.partiflow.solvers.bound.PatternBound;
import org.partiflow.solvers.bound.PatternIlp;
import org.partiflow.solvers.bound.PatternTable;
import org.partiflow.solvers.bound.UpperBound;
import org.partiflow.solvers.lp.IntegerSolver;
import org.partiflow.solvers.ojalgo.OjAlgoIntegerSolver;
import org.partiflow.solvers.ortools.OrToolsIntegerSolver;

/**
 * The integer program over patterns ({@link PatternIlp}) by SCIP of OR-Tools, or by ojAlgo where the native library does not
 * load; the plan's alternatives name which. The program's answers are evaluated by the real flow and excluded one by one,
 * until the next could not be better than the best so far: then that is the best of all plans that
 * {@link PatternTable} covers. Stops after {@value #MOST_ANSWERS} answers or at the request's limits with the best so far.
 * Clusters with at most {@value PatternTable#MOST_PATTERNS} patterns, objectives other than {@code COST}. Stateless and
 * thread-safe.
 */
public final class PatternIlpPlanner implements Planner {
    /** Answers of the program that are evaluated at most. */
    static final int MOST_ANSWERS = 400;

    private static final double SAME = 1e-9;

    private final IntegerSolver preferred;

    /** Made by the service loader. */
    public PatternIlpPlanner() {
        this(new OrToolsIntegerSolver());
    }

    /** With another backend, used if it is available. */
    PatternIlpPlanner(IntegerSolver preferred) {
        this.preferred = preferred;
    }

    @Override
    public String name() {
        return "pattern-ilp";
    }

    @Override
    public String description() {
        return "integer program over group patterns (OR-Tools, else ojAlgo): exact on small clusters";
    }

    /** Throws {@link IllegalArgumentException} for a cluster with too many patterns and for the objective {@code COST}. */
    @Override
    public PlanningResult plan(PlanningRequest request) {
        if (request.options().objective() == Objective.COST) {
            throw new IllegalArgumentException(
                    "planner 'pattern-ilp' maximises throughput or goodput, not COST; use 'partiflow'");
        }
        Search search = new Search(request);
        PatternTable table = search.patterns();
        if (table == null && search.budget.mayGoOn()) {
            throw new IllegalArgumentException("planner 'pattern-ilp' takes clusters of at most "
                    + PatternTable.MOST_PATTERNS
                    + " patterns (the product of the nodes' GPU counts plus one), the cluster '"
                    + request.problem().cluster().name() + "' has more; use 'partiflow'");
        }
        @Nullable Layout best = search.best(SearchSpace.MIXED, List.of(), false);
        if (best != null && table != null) {
            best = improved(search, table, best);
        }
        return SingleSpacePlanner.finish(search, best == null ? List.of() : List.of(best), name());
    }

    private Layout improved(Search search, PatternTable table, Layout start) {
        IntegerSolver solver = preferred.unavailable().isEmpty() ? preferred : new OjAlgoIntegerSolver();
        Layout best = start;
        PatternBound bound = new PatternBound(search.request.problem(), table, SearchSpace.MIXED.phases());
        PatternIlp program = new PatternIlp(
                search.request.problem(), table, bound, best.allocation().requestsPerSecond());
        for (int round = 0; round < MOST_ANSWERS && search.budget.mayGoOn() && program.size() > 0; round++) {
            PatternIlp.Answer answer = program.best(solver);
            if (answer.requestsPerSecond() <= best.allocation().requestsPerSecond() * (1 + SAME)) {
                break;
            }
            List<Layout> layouts = search.starts()
                    .fromBound(new UpperBound(answer.requestsPerSecond(), "patterns", List.of(answer.groups())));
            List<Layout> both = new ArrayList<>(List.of(best));
            both.addAll(layouts);
            best = Search.ranked(both).get(0);
            program.exclude();
        }
        search.alternatives.add(new ServingPlan.Alternative(
                name() + " by " + solver.name(), best.allocation().requestsPerSecond()));
        return best;
    }
}
