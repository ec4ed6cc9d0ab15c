package org.partiflow.solvers.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.partiflow.api.PlanningOptions;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.ServingOptions;
import org.partiflow.api.TargetEngine;
import org.partiflow.api.check.DeploymentRules;
import org.partiflow.api.check.Violation;
import org.partiflow.api.cost.KvProtocol;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.result.PlanningResult;
import org.partiflow.testkit.Clusters;
import org.partiflow.testkit.Models;
import org.partiflow.testkit.Workloads;

/** The constraint to plans that an engine can run, on the cluster of 20 mixed GPUs. */
class DeployablePlansTest {
    private static final PlanningProblem FREE =
            PlanningProblem.of(Clusters.mixed20(), Models.llama2_70b(), Workloads.hpld());

    private static PlanningProblem problem(TargetEngine engine) {
        return FREE.withServing(FREE.serving().withEngine(engine));
    }

    private static ServingPlan plan(String planner, PlanningProblem problem) {
        PlanningResult result = Planners.plan(planner, problem, PlanningOptions.DEFAULT, 1_500);
        assertThat(result).isInstanceOf(PlanningResult.Planned.class);
        return ((PlanningResult.Planned) result).plan();
    }

    @ParameterizedTest
    @EnumSource(
            value = TargetEngine.class,
            names = {"VLLM", "SGLANG"})
    void theDefaultPlannerKeepsToTheEngineAndLosesLittle(TargetEngine engine) {
        ServingPlan plan = plan("partiflow", problem(engine));
        assertThat(DeploymentRules.violations(problem(engine), plan)).isEmpty();
        double free = plan("partiflow", FREE).throughput().requestsPerSecond();
        assertThat(plan.throughput().requestsPerSecond()).isBetween(0.5 * free, free * 1.011);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hexgen2", "colocated", "pattern-ilp", "helix", "hexgen2-ga"})
    void otherPlannersKeepToOneDegreePerGroup(String planner) {
        PlanningProblem problem = problem(TargetEngine.VLLM);
        assertThat(DeploymentRules.violations(problem, plan(planner, problem))).isEmpty();
    }

    @Test
    void theRulesNameGroupsAndRoutesOfPlansMadeForNoEngine() {
        KvProtocol base = KvProtocol.DEFAULT;
        KvProtocol packed =
                new KvProtocol(base.nvlink(), base.pcie(), base.network(), base.schedule(), KvProtocol.Encoding.INT4);
        PlanningProblem sent = FREE.withServing(ServingOptions.DEFAULT.withKvProtocol(packed));
        ServingPlan plan = plan("hexgen2", sent);
        List<Violation> violations = DeploymentRules.violations(problem(TargetEngine.SGLANG), plan);
        assertThat(violations)
                .isNotEmpty()
                .allMatch(violation -> violation.rule().equals("engine"))
                .anyMatch(violation -> violation.message().contains("sends caches as int4"));
        assertThat(DeploymentRules.violations(sent, plan)).isEmpty();
        PlanningProblem refused = sent.withServing(sent.serving().withEngine(TargetEngine.VLLM));
        assertThatThrownBy(() -> plan("partiflow", refused))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sends KV caches as they are stored");
    }
}
