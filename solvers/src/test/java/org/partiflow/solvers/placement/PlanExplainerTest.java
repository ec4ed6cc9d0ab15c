package org.partiflow.solvers.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.partiflow.api.Objective;
import org.partiflow.api.PlanningOptions;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.PlanningRequest;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.cluster.Node;
import org.partiflow.api.control.CancellationToken;
import org.partiflow.api.control.ProgressListener;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.explain.Explanation;
import org.partiflow.api.explain.Explanation.Change;
import org.partiflow.api.explain.StrategyTrial;
import org.partiflow.api.explain.StrategyTrial.Verdict;
import org.partiflow.api.plan.ServingGroup;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.result.PlanningResult;
import org.partiflow.solvers.explain.ExplanationRequest;
import org.partiflow.solvers.explain.PlanExplainer;
import org.partiflow.testkit.Clusters;
import org.partiflow.testkit.Models;
import org.partiflow.testkit.Workloads;

class PlanExplainerTest {
    private static final PlanningProblem PROBLEM =
            PlanningProblem.of(Clusters.twoZones20(), Models.llama2_70b(), Workloads.hpld());
    private static final List<String> OTHERS = List.of("colocated", "distserve");
    private static final long EVALUATIONS = 60;

    private static ServingPlan plan;
    private static Explanation explanation;

    @BeforeAll
    static void explainOnce() {
        plan = plan(PROBLEM);
        explanation = explain(PROBLEM, plan, control(1));
    }

    private static ServingPlan plan(PlanningProblem problem) {
        return ((PlanningResult.Planned) Planners.plan("hexgen2", problem, PlanningOptions.DEFAULT, Long.MAX_VALUE))
                .plan();
    }

    private static SolveControl control(int threads) {
        return new SolveControl(
                Long.MAX_VALUE, Optional.empty(), threads, new CancellationToken(), ProgressListener.SILENT);
    }

    private static Explanation explain(PlanningProblem problem, ServingPlan plan, SolveControl control) {
        PlanningRequest request =
                new PlanningRequest(problem, Planners.roofline(problem), PlanningOptions.DEFAULT, control);
        return new PlanExplainer().explain(new ExplanationRequest(request, plan, EVALUATIONS, OTHERS));
    }

    @Test
    void asksForEveryGpuTypeAndEveryLinkInUse() {
        List<String> types = PROBLEM.cluster().nodes().stream()
                .map(node -> node.gpu().name())
                .distinct()
                .toList();
        assertThat(explanation.whatIfs().stream()
                        .filter(whatIf -> whatIf.change() == Change.MORE_GPU)
                        .map(Explanation.WhatIf::subject))
                .containsExactlyInAnyOrderElementsOf(types);
        assertThat(explanation.whatIfs())
                .extracting(Explanation.WhatIf::subject)
                .contains("NICs of all nodes in use");
    }

    @Test
    void gainsAreCountedFromWhatTheSameSearchReachesOnTheSameCluster() {
        assertThat(explanation.planRequestsPerSecond())
                .isEqualTo(plan.throughput().requestsPerSecond());
        assertThat(explanation.searchedRequestsPerSecond()).isGreaterThanOrEqualTo(explanation.planRequestsPerSecond());
        for (Explanation.WhatIf whatIf : explanation.whatIfs()) {
            assertThat(whatIf.gainRequestsPerSecond())
                    .as(whatIf.subject())
                    .isNotNegative()
                    .isCloseTo(whatIf.requestsPerSecond() - explanation.searchedRequestsPerSecond(), within(1e-12));
        }
        assertThat(explanation.whatIfs().get(0).gainRequestsPerSecond()).isPositive();
    }

    @Test
    void anAnswerIsAttainedOnTheClusterThatItNames() {
        Explanation.WhatIf more = explanation.whatIfs().stream()
                .filter(whatIf -> whatIf.change() == Change.MORE_GPU)
                .findFirst()
                .orElseThrow();
        List<Node> nodes = new ArrayList<>();
        for (Node node : PROBLEM.cluster().nodes()) {
            int added = more.where().equals("in node " + node.id()) ? 1 : 0;
            assertThat(added == 0 || node.gpu().name().equals(more.subject())).isTrue();
            nodes.add(new Node(
                    node.id(),
                    node.gpu(),
                    node.count() + added,
                    node.zone(),
                    node.intraNode(),
                    node.nic(),
                    node.pricePerGpuHourUsd()));
        }
        Cluster larger = new Cluster(
                "larger", nodes, PROBLEM.cluster().fabric(), PROBLEM.cluster().links());
        PlanningProblem changed = PlanningProblem.of(larger, PROBLEM.model(), PROBLEM.workload());
        ServingPlan best = ((PlanningResult.Planned)
                        Planners.plan("partiflow", changed, PlanningOptions.DEFAULT, Long.MAX_VALUE))
                .plan();
        assertThat(more.requestsPerSecond())
                .isLessThanOrEqualTo(best.certificate().upperBoundRequestsPerSecond() * (1 + 1e-9));
    }

    @Test
    void comparesOtherPlannersByTheirOwnBottleneck() {
        assertThat(explanation.alternatives())
                .extracting(Explanation.RejectedAlternative::planner)
                .containsExactlyInAnyOrderElementsOf(OTHERS);
        explanation
                .alternatives()
                .forEach(other -> assertThat(other.bottleneck().minCut())
                        .as(other.planner())
                        .isNotEmpty());
        assertThat(explanation.bottleneck().minCut())
                .isEqualTo(plan.certificate().minCut());
    }

    @Test
    void everyGroupIsCoveredAndItsChoiceIsTheBestOfItsTrials() {
        assertThat(explanation.strategies().stream().flatMap(choice -> choice.groups().stream()))
                .containsExactlyInAnyOrderElementsOf(
                        plan.groups().stream().map(ServingGroup::id).toList());
        for (Explanation.GroupChoice choice : explanation.strategies()) {
            StrategyTrial chosen = choice.trials().get(0);
            assertThat(chosen.verdict()).isEqualTo(Verdict.CHOSEN);
            assertThat(choice.trials().size()).isGreaterThan(1);
            for (StrategyTrial other :
                    choice.trials().subList(1, choice.trials().size())) {
                assertThat(other.verdict()).isNotEqualTo(Verdict.CHOSEN);
                assertThat(other.requestsPerSecond())
                        .as(choice.groups() + " " + other)
                        .isLessThanOrEqualTo(chosen.requestsPerSecond() * 1.021);
            }
        }
    }

    @Test
    void sameRequestSameExplanationOnAnyNumberOfThreads() {
        assertThat(explain(PROBLEM, plan, control(2))).isEqualTo(explanation);
    }

    @Test
    void outOfTimeItAnswersNothingButStillSaysWhatLimits() {
        SolveControl none = new SolveControl(
                Long.MAX_VALUE, Optional.of(Duration.ZERO), 1, new CancellationToken(), ProgressListener.SILENT);
        Explanation cut = explain(PROBLEM, plan, none);
        assertThat(cut.whatIfs()).isEmpty();
        assertThat(cut.alternatives()).isEmpty();
        assertThat(cut.bottleneck()).isEqualTo(explanation.bottleneck());
    }

    @Test
    void aCheapestPlanIsNotAskedForMoreHardware() {
        PlanningOptions cheap = new PlanningOptions(
                "spectral-kl", "push-relabel", PlanningOptions.Refinement.GUIDED, Objective.COST, 1, 42);
        ServingPlan cheapest = ((PlanningResult.Planned) Planners.plan("colocated", PROBLEM, cheap, 500)).plan();
        Explanation why = new PlanExplainer()
                .explain(new ExplanationRequest(
                        new PlanningRequest(PROBLEM, Planners.roofline(PROBLEM), cheap, control(1)),
                        cheapest,
                        EVALUATIONS,
                        List.of()));
        assertThat(why.whatIfs()).isEmpty();
        assertThat(why.strategies()).isNotEmpty();
    }
}
