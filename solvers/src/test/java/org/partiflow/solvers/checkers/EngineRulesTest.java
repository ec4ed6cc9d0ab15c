package org.partiflow.solvers.checkers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.TargetEngine;
import org.partiflow.api.check.DeploymentRules;
import org.partiflow.api.check.PlanChecker;
import org.partiflow.api.check.Violation;
import org.partiflow.api.plan.Route;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.plan.Stage;

/** What vLLM and SGLang cannot run. */
class EngineRulesTest {
    private static final HandmadePlan MADE = new HandmadePlan();

    private static List<String> broken(TargetEngine engine, ServingPlan plan) {
        return DeploymentRules.violations(problem(engine), plan).stream()
                .map(Violation::toString)
                .toList();
    }

    private static PlanningProblem problem(TargetEngine engine) {
        return MADE.problem.withServing(MADE.problem.serving().withEngine(engine));
    }

    private static ServingPlan mixedDegrees() {
        return Change.group(
                MADE.plan,
                1,
                g -> Change.stages(g, new Stage(List.of("x/0"), 0, 15), new Stage(List.of("x/1", "l/1"), 16, 31)));
    }

    @Test
    void anyEngineRunsAnything() {
        assertThat(broken(TargetEngine.ANY, mixedDegrees())).isEmpty();
        assertThat(broken(TargetEngine.ANY, sentAs("int4"))).isEmpty();
    }

    @Test
    void vllmNeedsOneDegreeInAGroup() {
        assertThat(broken(TargetEngine.VLLM, MADE.plan)).isEmpty();
        assertThat(broken(TargetEngine.VLLM, mixedDegrees()))
                .containsExactly("d0: has different tensor-parallel degrees [1, 2], which vllm cannot run [engine]");
    }

    @Test
    void sglangNeedsEvenGroupsAndEqualDegrees() {
        assertThat(broken(TargetEngine.SGLANG, MADE.plan))
                .containsExactly(
                        "d0: has different numbers of layers [20, 12], which sglang cannot run [engine]",
                        "p0->d0: joins tensor-parallel degrees 2 and 1; sglang needs equal ones [engine]");
        ServingPlan even = Change.group(
                MADE.plan,
                1,
                g -> Change.stages(
                        g, new Stage(List.of("x/0", "x/1"), 0, 15), new Stage(List.of("l/1", "l/0"), 16, 31)));
        assertThat(broken(TargetEngine.SGLANG, even)).isEmpty();
        ServingPlan uneven = Change.group(
                MADE.plan,
                1,
                g -> Change.stages(
                        g, new Stage(List.of("x/0", "x/1"), 0, 15), new Stage(List.of("x/2", "l/0"), 16, 31)));
        assertThat(broken(TargetEngine.SGLANG, uneven))
                .singleElement()
                .asString()
                .startsWith("d0: has different numbers of GPUs from its nodes");
    }

    @Test
    void cachesAreSentAsTheyAreStored() {
        assertThat(broken(TargetEngine.VLLM, sentAs("int4")))
                .containsExactly("p0->d1: sends caches as int4; vllm sends them as stored [engine]");
    }

    @Test
    void thePlanCheckerAsksToo() {
        assertThat(PlanChecker.violations(problem(TargetEngine.SGLANG), MADE.costs, MADE.plan))
                .extracting(Violation::rule)
                .containsExactly("engine", "engine");
    }

    private static ServingPlan sentAs(String format) {
        return Change.route(
                MADE.plan,
                1,
                r -> new Route(
                        r.from(),
                        r.to(),
                        r.flowRequestsPerSecond(),
                        r.capacityRequestsPerSecond(),
                        r.share(),
                        r.protocol().substring(0, r.protocol().lastIndexOf('/') + 1) + format));
    }
}
