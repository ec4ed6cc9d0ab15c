package org.partiflow.solvers.placement;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.Objective;
import org.partiflow.api.PlanningRequest;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.result.PlanningResult;
import org.partiflow.api.spi.Planner;
import org.partiflow.solvers.bound.PackingSearch;
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
 * {@link PatternTable} covers. {@link PackingSearch} then looks for what the backend missed, and takes over where the backend
 * fails or gives an answer that is none; the alternatives say so. Stops after {@value #MOST_ANSWERS} answers or at the request's limits with the best so far.
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
        PatternBound bound = new PatternBound(search.request.problem(), table, SearchSpace.MIXED.phases());
        PatternIlp program = new PatternIlp(
                search.request.problem(), table, bound, start.allocation().requestsPerSecond());
        String method = name() + " by " + solver.name();
        Layout best = start;
        boolean usable = true;
        for (int round = 0; round < MOST_ANSWERS && search.budget.mayGoOn() && program.size() > 0; round++) {
            Optional<PatternIlp.Answer> answer = program.best(solver);
            usable = answer.isPresent();
            if (!usable || answer.get().requestsPerSecond() <= justAbove(best)) {
                break;
            }
            best = better(search, best, answer.get().groups());
            program.exclude();
        }
        Layout checked = program.size() > 0 ? checked(search, program.remaining(), best) : best;
        if (!usable || checked != best) {
            method += ", which gave no usable answer, then by own branch and bound";
        }
        search.alternatives.add(
                new ServingPlan.Alternative(method, checked.allocation().requestsPerSecond()));
        return checked;
    }

    /** The best of {@code best} and what the program's own search meets beyond it: nothing, if the backend did its work. */
    private static Layout checked(Search search, PackingSearch rest, Layout best) {
        Layout current = best;
        for (int round = 0; round < MOST_ANSWERS && search.budget.mayGoOn(); round++) {
            Optional<List<UpperBound.Suggestion>> packing = rest.next(justAbove(current));
            if (packing.isEmpty()) {
                break;
            }
            current = better(search, current, packing.get());
        }
        return current;
    }

    private static double justAbove(Layout layout) {
        return layout.allocation().requestsPerSecond() * (1 + SAME);
    }

    private static Layout better(Search search, Layout best, List<UpperBound.Suggestion> groups) {
        List<Layout> both = new ArrayList<>(List.of(best));
        both.addAll(search.starts().fromBound(new UpperBound(0, "patterns", List.of(groups))));
        return Search.ranked(both).get(0);
    }
}
