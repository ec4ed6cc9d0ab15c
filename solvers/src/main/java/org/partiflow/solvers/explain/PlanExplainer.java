package org.partiflow.solvers.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.partiflow.api.Objective;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.PlanningRequest;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.control.Budget;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.explain.Explanation;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.plan.ServingGroup;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.result.PlanningResult;
import org.partiflow.api.spi.Planner;
import org.partiflow.api.spi.Strategies;
import org.partiflow.solvers.network.Group;
import org.partiflow.solvers.placement.Candidate;
import org.partiflow.solvers.placement.Candidates;

/**
 * Explains a plan: what limits it; what one more GPU of each type or a link twice as fast would bring, each solved anew
 * from the plan on the changed cluster; what other planners reach and what limits them; which strategies every group could
 * have had. Costs at most the evaluations of the request for each question: a few questions for each GPU type and link
 * class. For {@code COST} plans no questions about hardware are asked, since the rate is given. Stateless and thread-safe;
 * deterministic unless a time limit cuts it short, which leaves questions out.
 */
public final class PlanExplainer {
    /** Makes an explainer. */
    public PlanExplainer() {}

    /** Explains. */
    public Explanation explain(ExplanationRequest request) {
        PlanningRequest planning = request.planning();
        Budget budget = planning.control().start();
        ServingPlan plan = request.plan();
        double value = plan.throughput().requestsPerSecond();
        Candidates unchanged = new Candidates(limited(request, budget, planning.problem(), 1));
        PlanGroups groups = new PlanGroups(planning.problem().cluster(), plan);
        double searched = value;
        List<Explanation.WhatIf> whatIfs = List.of();
        if (planning.options().objective() != Objective.COST) {
            Candidate start = unchanged.evaluate(groups.in(unchanged));
            Candidate base = unchanged.searched(List.of(start), request.evaluations());
            searched = Math.max(value, base.requestsPerSecond());
            whatIfs = whatIfs(request, budget, base, searched);
        }
        return new Explanation(
                value,
                searched,
                bottleneck(plan),
                whatIfs,
                alternatives(request, budget),
                new StrategyTrials(planning.problem(), unchanged).of(plan, groups));
    }

    private static List<Explanation.WhatIf> whatIfs(
            ExplanationRequest request, Budget budget, Candidate base, double baseValue) {
        PlanningProblem problem = request.planning().problem();
        List<Explanation.WhatIf> answers = new ArrayList<>();
        for (HardwareChange.Question question : HardwareChange.questions(problem.cluster(), request.plan())) {
            Explanation.WhatIf best = null;
            for (HardwareChange change : question.variants()) {
                if (!budget.mayGoOn()) {
                    return sorted(answers);
                }
                double value = Math.max(baseValue, solved(request, budget, change.cluster(), base));
                if (best == null || value > best.requestsPerSecond()) {
                    best = new Explanation.WhatIf(
                            question.change(),
                            question.subject(),
                            change.where(),
                            value,
                            value - baseValue,
                            change.usdPerHour());
                }
            }
            if (best != null) {
                answers.add(best);
            }
        }
        return sorted(answers);
    }

    private static List<Explanation.WhatIf> sorted(List<Explanation.WhatIf> answers) {
        return answers.stream()
                .sorted(Comparator.comparingDouble(Explanation.WhatIf::gainRequestsPerSecond)
                        .reversed())
                .toList();
    }

    /** Throughput on a changed cluster with the same nodes, searched from the base. */
    private static double solved(ExplanationRequest request, Budget budget, Cluster cluster, Candidate base) {
        PlanningProblem problem = request.planning().problem();
        PlanningProblem changed = new PlanningProblem(
                cluster, problem.model(), problem.workload(), problem.serving(), problem.provenance());
        Candidates candidates = new Candidates(limited(request, budget, changed, 1));
        List<Group> groups = base.groups().stream()
                .map(group -> candidates.groups().of(PlanGroups.moved(group.set(), candidates), group.phase()))
                .toList();
        return candidates
                .searched(List.of(candidates.evaluate(groups)), request.evaluations())
                .requestsPerSecond();
    }

    private static List<Explanation.RejectedAlternative> alternatives(ExplanationRequest request, Budget budget) {
        List<Explanation.RejectedAlternative> alternatives = new ArrayList<>();
        for (String name : request.planners()) {
            if (!budget.mayGoOn() || name.equals(request.plan().generator().strategy())) {
                continue;
            }
            PlanningResult result = Strategies.named(Planner.class, name)
                    .plan(limited(
                            request, budget, request.planning().problem(), ExplanationRequest.ALTERNATIVE_EFFORT));
            if (result instanceof PlanningResult.Planned planned) {
                ServingPlan other = planned.plan();
                alternatives.add(new Explanation.RejectedAlternative(
                        name,
                        other.throughput().requestsPerSecond(),
                        bottleneck(other),
                        other.unusedGpus().size()));
            } else {
                alternatives.add(new Explanation.RejectedAlternative(
                        name,
                        0,
                        new Explanation.Bottleneck(List.of(), 0, 0),
                        request.planning().problem().cluster().gpuCount()));
            }
        }
        alternatives.sort(Comparator.comparingDouble(Explanation.RejectedAlternative::requestsPerSecond)
                .reversed());
        return alternatives;
    }

    private static Explanation.Bottleneck bottleneck(ServingPlan plan) {
        return new Explanation.Bottleneck(
                plan.certificate().minCut(), use(plan, Phase.PREFILL), use(plan, Phase.DECODE));
    }

    private static double use(ServingPlan plan, Phase phase) {
        double flow = 0;
        double capacity = 0;
        for (ServingGroup group : plan.groups(phase)) {
            flow += group.flowRequestsPerSecond();
            capacity += group.capacityRequestsPerSecond();
        }
        return capacity > 0 ? flow / capacity : 0;
    }

    /** The same call for a problem with some times the effort of a question, silent. */
    private static PlanningRequest limited(
            ExplanationRequest request, Budget budget, PlanningProblem problem, long effort) {
        SolveControl nested = budget.nested();
        SolveControl control = new SolveControl(
                effort * request.evaluations(),
                nested.timeLimit(),
                request.planning().control().threads(),
                nested.cancellation(),
                nested.listener());
        return new PlanningRequest(
                problem, request.planning().costModel(), request.planning().options(), control);
    }
}
