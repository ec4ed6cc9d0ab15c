package org.partiflow.solvers.placement;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.Objective;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.PlanningRequest;
import org.partiflow.api.control.Budget;
import org.partiflow.api.model.Sharding;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.result.PlanningResult;

/**
 * Plans for engines that exchange caches only between groups of equal tensor-parallel degrees. A search gives every group
 * its best strategy, whose degrees may not match; so it is repeated with all groups at one degree, for each degree that fits
 * into a node, and the best plan is taken. A round whose bound is not above the best plan is not searched. Other engines
 * need one round. The certificate's bound is the greatest of the rounds', so it covers the union of their spaces. One
 * budget serves all rounds. Not thread-safe.
 */
final class DegreeRounds {
    private final PlanningRequest request;
    private final Function<Search, PlanningResult> round;
    private final Budget budget;
    private final List<Integer> degrees = new ArrayList<>();
    private final List<ServingPlan.Alternative> others = new ArrayList<>();
    private PlanningResult.@Nullable Planned best;
    private double bound;

    private DegreeRounds(PlanningRequest request, Function<Search, PlanningResult> round) {
        this.request = request;
        this.round = round;
        budget = request.control().start();
    }

    /** The best plan of all rounds, or why the first has none if none has. */
    static PlanningResult plan(PlanningRequest request, Function<Search, PlanningResult> round) {
        DegreeRounds rounds = new DegreeRounds(request, round);
        Search first = new Search(request, 0, rounds.budget);
        PlanningResult result = round.apply(first);
        if (!request.problem().serving().engine().needsEqualDegrees()) {
            return result;
        }
        rounds.note("each group at its best tensor-parallel degree", first, result);
        for (int degree : rounds.possible()) {
            if (rounds.best == null || rounds.budget.mayGoOn()) {
                rounds.run(degree);
            }
        }
        return rounds.best == null ? result : new PlanningResult.Planned(rounds.certified(rounds.best.plan()));
    }

    private void run(int degree) {
        Search search = new Search(request, degree, budget);
        degrees.add(degree);
        boolean hopeless = best != null
                && request.options().objective() != Objective.COST
                && search.bound.requestsPerSecond() <= best.plan().throughput().requestsPerSecond();
        if (!hopeless) {
            note("all groups at tensor-parallel degree " + degree, search, round.apply(search));
        }
    }

    private void note(String name, Search search, PlanningResult result) {
        if (!(result instanceof PlanningResult.Planned planned)) {
            bound = Math.max(bound, search.bound.requestsPerSecond());
            return;
        }
        bound = Math.max(bound, planned.plan().certificate().upperBoundRequestsPerSecond());
        others.add(new ServingPlan.Alternative(name, planned.plan().throughput().requestsPerSecond()));
        if (best == null || isBetter(planned.plan(), best.plan())) {
            best = planned;
        }
    }

    private boolean isBetter(ServingPlan plan, ServingPlan than) {
        return request.options().objective() == Objective.COST
                ? plan.cost().usdPerHour() < than.cost().usdPerHour()
                : plan.throughput().requestsPerSecond() > than.throughput().requestsPerSecond();
    }

    /** Degrees that the model and a node allow. */
    private List<Integer> possible() {
        PlanningProblem problem = request.problem();
        int most = 0;
        for (int n = 0; n < problem.cluster().nodeCount(); n++) {
            most = Math.max(most, problem.cluster().node(n).count());
        }
        List<Integer> possible = new ArrayList<>();
        for (int degree = most; degree >= 1; degree--) {
            if (Sharding.isLegal(problem.model(), degree)) {
                possible.add(degree);
            }
        }
        return possible;
    }

    private ServingPlan certified(ServingPlan plan) {
        double rate = plan.throughput().requestsPerSecond();
        double most = Math.max(bound, rate);
        String covers = plan.certificate().covers() + ", each at its best tensor-parallel degree"
                + (degrees.isEmpty()
                        ? ""
                        : " or all at one of "
                                + degrees.stream().map(String::valueOf).collect(Collectors.joining(", ")));
        List<ServingPlan.Alternative> alternatives = new ArrayList<>(plan.alternatives());
        alternatives.addAll(others);
        return new ServingPlan(
                plan.generator(),
                plan.inputs(),
                plan.groups(),
                plan.routes(),
                plan.throughput(),
                new ServingPlan.Certificate(
                        most, 1 - rate / most, covers, plan.certificate().minCut()),
                plan.unusedGpus(),
                plan.cost(),
                alternatives,
                new ServingPlan.Termination(budget.reason(), budget.limit(), budget.evaluations()),
                plan.warnings());
    }
}
